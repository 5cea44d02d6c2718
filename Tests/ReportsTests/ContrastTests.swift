import Foundation
import Reports
import TestSupport
import Testing

/// The colours of the HTML report, measured as WCAG 2.2 does (success criterion 1.4.3).
@Suite struct ContrastTests {
  private static let pairs = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "src"), ("ink", "hit"), ("soft", "paper"),
    ("soft", "sheet"), ("soft", "faint"), ("muted", "paper"), ("muted", "sheet"), ("muted", "src"),
    ("muted", "hit"), ("link", "paper"), ("link", "sheet"), ("link", "hit"), ("ok", "ok-b"),
    ("warn", "warn-b"), ("open", "open-b"), ("bad", "bad-b"), ("bad", "sheet"),
    ("mark-ink", "mark"), ("top-ink", "top"), ("top-soft", "top"),
  ]

  @Test func everyTextIsLegible() throws {
    let html = HTMLReport.render(SampleAssessment.empty)
    let roots = html.split(separator: ":root{").dropFirst().prefix(2)
    let light = colors(String(try #require(roots.first)))
    let dark = light.merging(colors(String(try #require(roots.last)))) { $1 }
    #expect(light["paper"] != dark["paper"])
    for (scheme, palette) in [("light", light), ("dark", dark)] {
      for (front, back) in Self.pairs {
        let ratio = contrast(try #require(palette[front]), try #require(palette[back]))
        #expect(ratio >= 4.5, "\(front) on \(back), \(scheme)")
      }
    }
  }

  /// The two examples every WCAG tool knows.
  @Test func measuresAsTheStandard() {
    #expect(contrast(0xFFFFFF, 0x000000) == 21)
    #expect(abs(contrast(0x767676, 0xFFFFFF) - 4.54) < 0.005)
  }

  private func colors(_ css: String) -> [String: Int] {
    var result: [String: Int] = [:]
    for match in css.prefix(while: { $0 != "}" }).matches(of: /--([a-z-]+):#([0-9a-f]{3,6})/) {
      var digits = String(match.2)
      if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
      result[String(match.1)] = Int(digits, radix: 16)
    }
    return result
  }

  private func contrast(_ first: Int, _ second: Int) -> Double {
    func luminance(_ color: Int) -> Double {
      func channel(_ shift: Int) -> Double {
        let value = Double(color >> shift & 0xFF) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }
    let pair = [luminance(first), luminance(second)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }
}
