/// Where we differ from a label, and why; each key is the path below the source's folder.
enum LabelDifferences {
  static let all: [LabelSet.Source: [String: String]] = [:]
}
