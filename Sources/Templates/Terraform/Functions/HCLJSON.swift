/// Values as JSON text, the way Terraform writes it.
enum HCLJSON {
  private static let style = JSONText(sortsKeys: true, escapesMarkup: true)

  /// The text with gaps for what is not known; mappings are sorted by key.
  static func encode(_ value: Datum, _ session: HCLSession) throws(HCLFailure) -> [TextPart] {
    try style.parts(of: value) { (bytes, depth) throws(HCLFailure) in
      guard depth < 100 else { throw HCLFailure(.limit, "jsonencode: nested too deeply") }
      try session.pay(bytes)
    }
  }

  static func quoted(_ text: String) -> String { style.quoted(text) }
}
