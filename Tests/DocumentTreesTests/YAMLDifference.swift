/// How libyaml 0.2.5, and so our reader, differs from YAML 1.2 in cases of yaml-test-suite.
enum YAMLDifference {
  /// The suite gives a value; libyaml sees an error.
  case refused
  /// The suite wants an error; libyaml sees none.
  case accepted
  /// libyaml sees another value.
  case readOtherwise

  struct Group {
    var difference: YAMLDifference
    var reason: String
    var cases: [String]
  }

  static let groups: [Group] = [
    Group(
      difference: .refused,
      reason: "A key that is empty or begins with ':' needs to be written '? ' for libyaml",
      cases: [
        "2JQS", "6M2F", "CFD4", "DBG4", "FRK4", "M2N8-00", "NHX8", "NKF9", "S3PD", "SM9W-01",
        "UKK6-00",
      ]
    ),
    Group(
      difference: .refused,
      reason: "libyaml wants white space behind the ':' of a flow mapping, and the ':' itself on "
        + "the line on which its key ends",
      cases: [
        "4ABK", "4MUZ-00", "4MUZ-01", "4MUZ-02", "58MP", "5MUD", "5T43", "9SA2", "K3WX", "NJ66",
        "UT92", "VJP3-01",
      ]
    ),
    Group(
      difference: .refused,
      reason: "A plain scalar in a flow collection does not begin with '?' for libyaml",
      cases: ["HM87-00"]
    ),
    Group(
      difference: .refused,
      reason: "libyaml takes tabs for broken indentation",
      cases: [
        "6BCT", "6CA3", "96NN-00", "96NN-01", "A2M4", "DK95-00", "DK95-03", "DK95-04", "Q5MG",
        "R4YG", "Y79Y-01", "Y79Y-10",
      ]
    ),
    Group(
      difference: .refused,
      reason: "Names of anchors are letters, digits, '-' and '_' for libyaml, as in YAML 1.1",
      cases: ["2SXE", "8XYN", "W5VH"]
    ),
    Group(
      difference: .refused,
      reason: "libyaml wants '---' before each document but the first, and something between "
        + "'...' and the beginning",
      cases: ["7Z25", "HWV9", "M7A3", "QT73"]
    ),
    Group(
      difference: .refused,
      reason: "libyaml takes unindented lines of a block scalar at the top for the next document",
      cases: ["DK3J", "FP8R"]
    ),
    Group(
      difference: .refused,
      reason: "libyaml refuses directives other than %YAML 1.1, %YAML 1.2 and %TAG",
      cases: [
        "2LFX", "6LVF", "BEC7", "MUS6-05", "MUS6-06", "ZYU8-00", "ZYU8-01", "ZYU8-02", "ZYU8-03",
      ]
    ),
    Group(
      difference: .refused,
      reason: "A '%' at the beginning of a line of a scalar is a directive for libyaml",
      cases: ["W4TN"]
    ),
    Group(
      difference: .accepted,
      reason: "libyaml does not ask for indentation inside brackets and quotes",
      cases: ["9C9N", "DK95-01", "QB6E", "Y79Y-03"]
    ),
    Group(
      difference: .accepted,
      reason: "libyaml takes directives without '...' behind the document before",
      cases: ["9HCY", "EB22", "MUS6-01", "RHX7"]
    ),
    Group(
      difference: .accepted,
      reason: "libyaml takes '#' for a comment without white space before",
      cases: ["9JBA", "CVW2", "MUS6-00", "SU5Z", "X4QW"]
    ),
    Group(
      difference: .accepted,
      reason: "libyaml takes a '-' inside brackets for a plain scalar",
      cases: ["G5U8", "YJV2"]
    ),
    Group(
      difference: .accepted,
      reason: "libyaml does not mind leading blank lines that are indented deeper than the text",
      cases: ["S98Z"]
    ),
    Group(
      difference: .readOtherwise,
      reason: "libyaml takes '?' in brackets for a key indicator",
      cases: ["652Z", "HM87-01"]
    ),
    Group(
      difference: .readOtherwise,
      reason: "libyaml adds no line break where a text ends within a block scalar's last line",
      cases: ["JEF9-02", "L24T-01"]
    ),
    Group(
      difference: .readOtherwise,
      reason: "A name of an anchor ends before ':' for libyaml",
      cases: ["Y2GN"]
    ),
  ]

  static let known: [String: YAMLDifference] = groups.reduce(into: [:]) { known, group in
    for id in group.cases { known[id] = group.difference }
  }
}
