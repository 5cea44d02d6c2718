package import DocumentTrees
public import RuleEngine
import RuleLibrary
import Scanners
import Workloads

/// The front door: assess a folder, get an assessment.
///
/// ```swift
/// let unmoor = try Unmoor()
/// let assessment = try await unmoor.assess(root: "shop")
/// print(assessment.summary.score?.floor ?? 0)
/// ```
public struct Unmoor: Sendable {
  /// The version that reports name.
  public static let version = "0.1.0"

  /// What is looked for, for a report that found nothing.
  private static let formats = [
    "Compose files (compose.yaml, docker-compose.yml and others with services)",
    "Dockerfiles and Containerfiles",
    "Kubernetes manifests (YAML or JSON with apiVersion and kind)",
    "ECS task definitions and services, CloudFormation and SAM templates, IAM policies",
    "Container Apps YAML, ARM templates and Bicep files",
    "Terraform configurations and plans",
  ]

  /// What to assess and how.
  public struct Options: Sendable {
    /// Paths below the root to look at; empty: everything.
    public var paths: [String] = []
    /// Compose files, relative to the root, that form one project in this order.
    public var composeFiles: [String] = []
    /// Compose profiles that are switched on.
    public var profiles: [String] = []
    /// Variables for Compose files; the environment of the program is never used.
    public var variables: [String: String] = [:]
    /// Targets to assess; empty: all.
    public var targets: [String] = []
    /// The date that end-of-life dates are compared with, `YYYY-MM-DD`.
    public var asOf: String?
    /// Bytes of one file that are read at most.
    public var maximumFileBytes = 16 << 20
    /// Nesting of mappings and lists that is followed at most.
    public var maximumDepth = 256
    /// Files that are looked at, at most.
    public var maximumFiles = 200_000
    /// The text of a settings file to use in the place of the root's `.unmoor.yaml`.
    public var settings: [UInt8]?
    /// Whether the root's `.unmoor.yaml` is left alone.
    public var ignoresSettings = false
    /// Called with the number of files looked at and their total.
    public var progress: (@Sendable (Int, Int) -> Void)?

    public init() {}
  }

  /// Why an assessment could not be made at all; the user's files never cause one.
  public struct Problem: Error, CustomStringConvertible, Sendable {
    public let description: String

    public init(_ description: String) { self.description = description }
  }

  package let book: RuleBook

  /// Loads the built-in rules, and those in `ruleFolders` on top.
  ///
  /// With `checksEverything`, also what a run may never need of the built-in rules is compiled: that
  /// is for authors.
  public init(ruleFolders: [String] = [], checksEverything: Bool = false) throws(Problem) {
    do {
      book = try BookLoader(folders: ruleFolders, trustsBuiltIn: !checksEverything).load()
    } catch {
      throw Problem(error.description)
    }
  }

  /// Assesses the files below a directory.
  public func assess(root: String, options: Options = Options()) async throws(Problem) -> Assessment
  {
    let limits = Self.limits(options)
    guard let files = DiskFiles(root: root, limits: limits) else {
      throw Problem("there is no folder '\(root)'")
    }
    return try await assess(files: files, options: options)
  }

  package func assess(
    files: any FileTree,
    options: Options = Options()
  ) async throws(Problem) -> Assessment {
    let (settings, origin) = try settings(files, options)
    let known = book.catalogue.targets.map(\.id)
    for target in settings.targets where !known.contains(target) {
      throw Problem(
        "\(origin): '\(target)' is no target; they are \(known.joined(separator: ", "))"
      )
    }
    let (book, changes) = try adjusted(settings)
    let builder = EstateBuilder(
      files: files,
      limits: Self.limits(options),
      options: options,
      settings: settings
    )
    var estate = await builder.build()
    estate.notices += changes.map {
      let range = PlaceRange(start: $0.place, end: $0.place)
      return Notice(.information, SourceLocation(file: origin, range: range), $0.text)
    }
    var options = options
    if options.targets.isEmpty { options.targets = settings.targets }
    var assessorOptions = Assessor.Options()
    assessorOptions.asOf = options.asOf
    assessorOptions.targets = options.targets
    assessorOptions.settings = settings
    assessorOptions.described = described(options)
    let assessor = Assessor(
      book: book,
      tool: Tool(name: "unmoor", version: Self.version, ruleSetDigest: book.digest),
      options: assessorOptions
    )
    guard let assessor else {
      throw Problem("'\(options.asOf ?? "")' is no date of the form YYYY-MM-DD")
    }
    var assessment = await assessor.assess(estate)
    assessment.lookedFor = Self.formats
    return assessment
  }

  /// The project's settings and the name of the file they came from.
  private func settings(
    _ files: any FileTree,
    _ options: Options
  ) throws(Problem) -> (settings: ProjectSettings, origin: String) {
    let name = ProjectSettings.fileName
    do {
      if let text = options.settings { return (try ProjectSettings(text, file: name), name) }
      guard !options.ignoresSettings, case .bytes(let bytes) = files.read(name) else {
        return (ProjectSettings(), name)
      }
      return (try ProjectSettings(bytes, file: name), name)
    } catch {
      throw Problem(error.description)
    }
  }

  private func adjusted(
    _ settings: ProjectSettings
  ) throws(Problem) -> (book: RuleBook, changes: [(place: Place, text: String)]) {
    do {
      return try book.adjusted(by: settings)
    } catch {
      throw Problem(error.description)
    }
  }

  private static func limits(_ options: Options) -> DocumentLimits {
    DocumentLimits(
      maximumBytes: options.maximumFileBytes,
      maximumDepth: options.maximumDepth
    )
  }

  private func described(_ options: Options) -> [(name: String, value: String)] {
    [
      ("asOf", options.asOf ?? book.checklist.asOf),
      ("composeFiles", options.composeFiles.joined(separator: ",")),
      ("maximumDepth", String(options.maximumDepth)),
      ("maximumFileBytes", String(options.maximumFileBytes)),
      ("maximumFiles", String(options.maximumFiles)),
      ("paths", options.paths.joined(separator: ",")),
      ("profiles", options.profiles.joined(separator: ",")),
      (
        "targets",
        (options.targets.isEmpty ? book.catalogue.targets.map(\.id) : options.targets)
          .joined(separator: ",")
      ),
      // Names only: a value could be a secret.
      ("variables", options.variables.keys.sorted().joined(separator: ",")),
    ]
  }
}
