import DocumentTrees
import Templates
import Workloads

/// Reads policy documents into statements of a role.
struct IAMPolicyReader {
  var notices: [Notice] = []

  static let maximumStatements = 500
  static let maximumElements = 2000
  /// An ARN is at most 2048 characters long.
  static let maximumText = 4096

  private static let documentKeys: Set = ["version", "id", "statement"]
  private static let statementKeys = [
    "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal",
    "Condition",
  ]

  /// Adds who may become a role, and tells from that what it is for.
  mutating func readTrust(_ trust: Datum, into role: inout Resource) {
    read(trust, named: .known("trust policy", trust.origin), purpose: "trust", into: &role)
    role[Role.use] = IAMRoleUse.of(role)
  }

  /// Adds what a document says to a role; what cannot be seen of it is said in `unknownPolicies`.
  ///
  /// `purpose` nil: told from the statements.
  mutating func read(
    _ document: Datum,
    named name: Value<String>,
    purpose: String?,
    into role: inout Resource
  ) {
    if document.isNothing { return }
    var document = document
    if !document.isObject, !document.isList { document = IAMPolicyText.read(document) }
    if let gap = document.gap {
      return hide(gap, document.origin, &role)
    }
    let statements: Datum
    if document.isObject {
      checkKeys(document)
      statements = Self.element("Statement", of: document)
      if let more = document.more { hide(more, document.origin, &role) }
    } else {
      statements = document
    }
    if let more = statements.more { hide(more, statements.origin, &role) }
    var sids: Set<String> = []
    for (index, statement) in statements.elements.enumerated() {
      guard role.parts.count < Self.maximumStatements else {
        return notice(
          .limit,
          statement,
          "Only the first \(Self.maximumStatements) statements of a role are read"
        )
      }
      guard statement.isObject else {
        if let gap = statement.gap {
          hide(gap, statement.origin, &role)
        } else {
          notice(.invalidValue, statement, "A statement of a policy must be a mapping")
        }
        continue
      }
      let part = self.statement(statement, index, name, purpose, in: role)
      if let sid = part[Statement.sid].known, !sid.isEmpty, !sids.insert(sid).inserted {
        notice(.invalidValue, statement["Sid"], "The Sid \(sid) is used twice in one policy")
      }
      role.parts.append(part)
    }
  }

  private func hide(_ gap: Gap, _ origin: Origin, _ role: inout Resource) {
    if role[Role.unknownPolicies].isAbsent {
      role[Role.unknownPolicies] = .unknown(gap.reason, origin)
    }
  }

  private mutating func statement(
    _ datum: Datum,
    _ index: Int,
    _ policy: Value<String>,
    _ purpose: String?,
    in role: Resource
  ) -> Resource {
    for entry in datum.entries { checkKey(entry) }
    let sid = Self.element("Sid", of: datum).string
    var part = role.part(
      Statement.kind,
      name: sid.known.flatMap { $0.isEmpty ? nil : $0 } ?? String(role.parts.count),
      origin: datum.origin
    )
    part[Statement.sid] = sid
    part[Statement.effect] = effect(of: datum)
    part[Statement.policyName] = policy
    let owner = (role.address, role.identifiers.compactMap(\.known).first ?? role.name)
    part[Statement.actions] = texts(Self.element("Action", of: datum))
    part[Statement.notActions] = texts(Self.element("NotAction", of: datum))
    part[Statement.resources] = texts(Self.element("Resource", of: datum), sketching: owner)
    part[Statement.notResources] = texts(Self.element("NotResource", of: datum), sketching: owner)
    part[Statement.principals] = principals(Self.element("Principal", of: datum))
    part[Statement.notPrincipals] = principals(Self.element("NotPrincipal", of: datum))
    let conditions = conditions(Self.element("Condition", of: datum))
    part[Statement.conditions] = conditions.texts
    part[Statement.conditionKeys] = conditions.keys
    part[Statement.purpose] = .known(purpose ?? Self.purpose(of: part), datum.origin)
    if part[Statement.actions].isEmpty, part[Statement.notActions].isEmpty, datum.more == nil {
      notice(.invalidValue, datum, "A statement without Action allows and denies nothing")
    }
    return part
  }

  /// What a stand-alone statement is for: one with a principal belongs to a role or to a thing.
  private static func purpose(of statement: Resource) -> String {
    if statement[Statement.principals].isEmpty, statement[Statement.notPrincipals].isEmpty {
      return "identity"
    }
    let actions = statement[Statement.actions].compactMap(\.known)
    let assumes = actions.allSatisfy { action in
      let action = action.lowercased()
      return action.hasPrefix("sts:assume") || action == "sts:tagsession"
        || action == "sts:setsourceidentity" || action == "sts:setcontext"
    }
    return !actions.isEmpty && assumes && statement[Statement.resources].isEmpty
      ? "trust" : "resource"
  }

  private mutating func effect(of statement: Datum) -> Value<String> {
    let datum = Self.element("Effect", of: statement)
    let value = datum.string
    switch value.state {
    case .known(let word) where word == "Allow" || word == "Deny": return value
    case .unknown: return value
    case .known(let word):
      notice(.invalidValue, datum, "Effect must be Allow or Deny, not \(Self.short(word))")
      return .unknown("Effect is neither Allow nor Deny", value.origin)
    case .absent:
      if statement.more == nil {
        notice(.invalidValue, statement, "A statement must say its Effect: Allow or Deny")
      }
      return .unknown("the statement has no Effect", statement.origin)
    }
  }

  // MARK: Values

  /// The texts of a list; with `sketching`, gaps that something else of the estate will fill become
  /// `…`, and those that will be the role itself become its ARN.
  private func texts(
    _ datum: Datum,
    sketching owner: (address: String, name: String)? = nil,
    depth: Int = 0
  ) -> [Value<String>] {
    if datum.isNothing { return [] }
    if datum.gap != nil { return [text(datum, sketching: owner)] }
    var values: [Value<String>] = []
    for element in datum.elements.prefix(Self.maximumElements) {
      if element.isList, depth < 3 {
        values += texts(element, sketching: owner, depth: depth + 1)
      } else if !element.isNothing {
        values.append(text(element, sketching: owner))
      }
    }
    if let more = datum.more { values.append(.unknown(more.reason, datum.origin)) }
    if datum.elements.count > Self.maximumElements {
      values.append(.unknown("the list is too long", datum.origin))
    }
    return values
  }

  private func text(
    _ datum: Datum,
    sketching owner: (address: String, name: String)?
  ) -> Value<String> {
    if let text = datum.string.known, text.utf8.count > Self.maximumText {
      return .unknown("it is too long", datum.origin)
    }
    guard let owner, datum.string.known == nil, let parts = datum.parts else { return datum.string }
    if let gap = datum.gap, gap.reference == nil { return datum.string }
    let sketch = parts.map { part in
      switch part {
      case .text(let text): text
      case .gap(let gap):
        if let reference = gap.reference, !owner.address.isEmpty, reference.address == owner.address
        {
          reference.attribute.lowercased() == "arn"
            ? "arn:aws:iam::…:role/\(owner.name)" : owner.name
        } else {
          "…"
        }
      }
    }
    return .known(sketch.joined(), datum.origin)
  }

  private mutating func principals(_ datum: Datum) -> [Value<String>] {
    if datum.isNothing { return [] }
    if !datum.isObject {
      return texts(datum, sketching: ("", "")).map { value in
        value.map { $0 == "*" ? $0 : "AWS:" + $0 }
      }
    }
    var values: [Value<String>] = []
    for entry in datum.entries {
      let kind = ["AWS", "Service", "Federated", "CanonicalUser"].first {
        $0.lowercased() == entry.key.lowercased()
      }
      if kind == nil {
        notice(.invalidValue, entry.keyOrigin, "\(Self.short(entry.key)) is no kind of principal")
      }
      for value in texts(entry.value, sketching: ("", "")) {
        values.append(value.map { "\(kind ?? entry.key):\($0)" })
      }
    }
    if let more = datum.more { values.append(.unknown(more.reason, datum.origin)) }
    return values
  }

  private func conditions(_ datum: Datum) -> (texts: [Value<String>], keys: [Value<String>]) {
    var result: [Value<String>] = []
    var keys: [Value<String>] = []
    for operation in datum.entries.prefix(200) {
      for key in operation.value.entries.prefix(200) {
        keys.append(.known(key.key.lowercased(), key.keyOrigin))
        let values = texts(key.value, sketching: ("", ""))
        for value in values {
          // That there is a condition is known even where its value is not.
          let text = value.known ?? "…"
          result.append(.known("\(operation.key) \(key.key)=\(text)", value.origin))
        }
      }
      if let more = operation.value.more {
        keys.append(.unknown(more.reason, operation.value.origin))
      }
    }
    if let more = datum.more {
      result.append(.unknown(more.reason, datum.origin))
      keys.append(.unknown(more.reason, datum.origin))
    }
    return (result, keys)
  }

  // MARK: Keys

  /// An element by its name in whatever case; AWS's own spelling first.
  static func element(_ name: String, of datum: Datum) -> Datum {
    let exact = datum[name]
    if !exact.isAbsent { return exact }
    let lower = name.lowercased()
    return datum.entries.first { $0.key.lowercased() == lower }?.value ?? exact
  }

  private mutating func checkKeys(_ document: Datum) {
    for entry in document.entries where !Self.documentKeys.contains(entry.key.lowercased()) {
      notice(
        .invalidValue,
        entry.keyOrigin,
        "\(Self.short(entry.key)) is no element of a policy"
      )
    }
  }

  private mutating func checkKey(_ entry: DatumObject.Entry) {
    let key = entry.key.lowercased()
    if Self.statementKeys.contains(where: { $0.lowercased() == key }) { return }
    let meant = Self.statementKeys.first { isNear($0.lowercased(), key) }
    notice(
      .invalidValue,
      entry.keyOrigin,
      "\(Self.short(entry.key)) is no element of a statement"
        + (meant.map { "; is \($0) meant?" } ?? "")
    )
  }

  /// Whether two words differ by one letter, or by two in a long word.
  private func isNear(_ word: String, _ other: String) -> Bool {
    let (first, second) = (Array(word.utf8), Array(other.utf8))
    guard abs(first.count - second.count) <= 2, second.count <= 20 else { return false }
    var row = Array(0...second.count)
    for (i, byte) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, otherByte) in second.enumerated() {
        let cost = byte == otherByte ? diagonal : diagonal + 1
        diagonal = row[j + 1]
        row[j + 1] = min(cost, row[j] + 1, diagonal + 1)
      }
    }
    return row[second.count] <= (first.count > 5 ? 2 : 1)
  }

  private static func short(_ text: String) -> String {
    text.count <= 40 ? text : text.prefix(40) + "…"
  }

  private mutating func notice(_ kind: Notice.Kind, _ datum: Datum, _ message: String) {
    notice(kind, datum.origin, message)
  }

  private mutating func notice(_ kind: Notice.Kind, _ origin: Origin, _ message: String) {
    guard let location = origin.location, notices.count < 100 else { return }
    let text = message.hasSuffix("?") ? message : message + "."
    let notice = Notice(kind, location, text)
    if !notices.contains(notice) { notices.append(notice) }
  }
}
