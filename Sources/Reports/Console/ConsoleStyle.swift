/// How text for a terminal may look; what the terminal can do is the caller's to find out.
package struct ConsoleStyle: Hashable, Sendable {
  /// Whether colours are wanted (a terminal, and `NO_COLOR` is unset).
  package var color: Bool
  /// Columns of the terminal.
  package var width: Int

  package init(color: Bool, width: Int) {
    self.color = color
    self.width = width
  }

  /// For pipes and files.
  package static let plain = ConsoleStyle(color: false, width: 100)
}

/// What a piece of console text is painted with.
enum Paint: String {
  case none = ""
  case bold = "1"
  case dim = "2"
  case red = "31"
  case boldRed = "1;31"
  case yellow = "33"
  case green = "32"
  case cyan = "36"
  case magenta = "35"
  case badgeRed = "1;97;41"
  case badgeYellow = "1;30;43"
  case badgeGreen = "1;30;42"
  case badgePlain = "1;7"
}
