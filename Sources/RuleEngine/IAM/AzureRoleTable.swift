import Synchronization
import Workloads

/// The built-in roles of Azure, with how far each of them reaches.
///
/// The table's text is read when the first role asks for it.
final class AzureRoleTable: Sendable {
  static let path = "catalogue/azure-roles.tsv"

  struct Role: Hashable, Sendable {
    let id: String
    let name: String
    /// `everything`, `access`, `manage`, `write` or `read`; the head of the table explains them.
    let reach: String
  }

  private let text: String
  private let read = Mutex<[Role]?>(nil)

  init(text: String) { self.text = text }

  /// All of them, sorted by name.
  var roles: [Role] {
    read.withLock { read in
      if let read { return read }
      let roles = text.split(separator: "\n").compactMap { line -> Role? in
        let fields = line.split(separator: "\t").map(String.init)
        guard line.first != "#", fields.count == 3 else { return nil }
        return Role(id: fields[1], name: fields[0], reach: fields[2])
      }
      read = roles
      return roles
    }
  }

  /// The role that an assignment names by its id or its name.
  func role(of assignment: Resource) -> Value<Role> {
    let name = assignment[RoleAssignment.roleName]
    if name.known != nil {
      return name.map(orUnknown: Self.unlisted) { name in
        self.roles.first { $0.name.lowercased() == name.lowercased() }
      }
    }
    return assignment[RoleAssignment.roleId].map(orUnknown: Self.unlisted) { id in
      self.roles.first { $0.id == id }
    }
  }

  private static let unlisted = "the role is not among the built-in ones that are known here"
}
