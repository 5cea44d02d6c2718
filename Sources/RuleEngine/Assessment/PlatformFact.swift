/// What a platform does about a setting, as a verdict cites it.
public struct PlatformFact: Hashable, Sendable {
  public var target: String
  /// Its id in the data of the target: `privileged`.
  public var id: String
  public var subject: String
  /// `blocks`, `needs-change`, `ignored` or `supported`.
  public var effect: String
  /// What the platform does, in words; nil if the subject says it all.
  public var statement: String?
  /// What to do about it.
  public var instead: String
  /// `verified`, `schema-absence`, `secondary` or `knowledge`.
  public var confidence: String
  public var sources: [Source]

  /// A text that the fact was taken from.
  public struct Source: Hashable, Sendable {
    public var title: String
    /// An address or a place in a public repository; empty for general knowledge.
    public var place: String
    /// When it was written or read.
    public var date: String

    public init(title: String, place: String, date: String) {
      self.title = title
      self.place = place
      self.date = date
    }
  }

  public init(
    target: String,
    id: String,
    subject: String,
    effect: String,
    statement: String?,
    instead: String,
    confidence: String,
    sources: [Source]
  ) {
    self.target = target
    self.id = id
    self.subject = subject
    self.effect = effect
    self.statement = statement
    self.instead = instead
    self.confidence = confidence
    self.sources = sources
  }

  /// Whether the statement was read in a primary source; else a report must say that it was not.
  public var isVerified: Bool { confidence == "verified" }
}

/// The smallest size of a target that holds a workload.
public struct TargetSize: Hashable, Sendable {
  public var target: String
  /// Cores and bytes that are paid for; nil if no size holds the workload or its needs are unknown.
  public var cpu: Double?
  public var memory: Int?
  /// The kind of plan, where the target has several: `Consumption`, `D4`.
  public var profile: String?
  /// How sure the platform's sizes are: `verified` or less.
  public var confidence: String
  /// What it rests on, or why there is none, in words.
  public var basis: String

  public init(
    target: String,
    cpu: Double?,
    memory: Int?,
    profile: String?,
    confidence: String,
    basis: String
  ) {
    self.target = target
    self.cpu = cpu
    self.memory = memory
    self.profile = profile
    self.confidence = confidence
    self.basis = basis
  }
}
