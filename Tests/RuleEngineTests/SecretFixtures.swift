import Foundation
import RuleEngine
import TestSupport

/// The detector with the catalogue that ships.
enum Secrets {
  static let detector: SecretDetector = {
    let file = Corpus.packageRoot.appendingPathComponent("Rules/secrets.yaml")
    do {
      let text = try String(contentsOf: file, encoding: .utf8)
      return SecretDetector(try SecretCatalogue(parsing: text))
    } catch {
      preconditionFailure("Rules/secrets.yaml cannot be read: \(error)")
    }
  }()

  /// Characters in no order, always the same, so that no token stands in these files.
  static func filler(_ count: Int, _ alphabet: String, seed: UInt64 = 7) -> String {
    let letters = Array(alphabet)
    var random = Dice(seed: seed)
    return String((0..<count).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
  }

  static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  static let lower = "abcdefghijklmnopqrstuvwxyz"
  static let digits = "0123456789"
  static let hex = "0123456789abcdef"
  static let alphanumerics = upper + lower + digits
}

/// A small generator (SplitMix64), so that a failing case can be repeated.
struct Dice: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
