/// Masks texts of which most come many times: reasons and notices.
struct MaskMemo {
  private let masker: Masker
  private var known: [String: String] = [:]

  init(_ masker: Masker) { self.masker = masker }

  mutating func mask(_ text: String) -> String {
    if let masked = known[text] { return masked }
    let masked = masker.mask(text)
    known[text] = masked
    return masked
  }
}
