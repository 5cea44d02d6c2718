import Reports
import RuleEngine
import TestSupport
import Testing

@Suite struct HTMLReportTests {
  static let doses = [
    "", "<x-evil onload=\"e()\">", "\"><x-evil>", "' onclick='e()", "</style><x-evil>", "-->",
    "&lt;&#60;", "\u{1B}[2J\u{0}\u{202E}\u{2066}\u{9B}", "]]>", "`<x-evil>`", "\n\t ", "🚢\u{301}",
  ]

  /// What the report is made of; anything else came in from outside.
  static let elements: Set<String> = [
    "html", "head", "meta", "link", "title", "style", "body", "svg", "symbol", "path", "circle",
    "use", "a", "header", "div", "p", "b", "span", "h1", "h2", "h3", "h4", "i", "nav", "ul", "li",
    "main", "section", "table", "thead", "tbody", "tr", "th", "td", "small", "details", "summary",
    "dl", "dt", "dd", "article", "code", "pre", "mark", "footer",
  ]
  static let attributes: Set<String> = [
    "lang", "charset", "http-equiv", "content", "name", "rel", "href", "class", "id", "width",
    "height", "aria-hidden", "focusable", "viewBox", "fill-rule", "d", "cx", "cy", "r", "fill",
    "stroke", "stroke-width", "stroke-dasharray", "aria-label", "aria-labelledby", "role", "style",
    "scope", "open", "data-n", "data-label", "title",
  ]

  @Test(arguments: doses)
  func keepsTextText(dose: String) throws {
    for sample in [SampleAssessment.rich, SampleAssessment.empty] {
      let html = HTMLReport.render(Poison(dose: dose)(sample))
      let reader = MarkupReader(html)
      #expect(reader.problems == [])
      #expect(Set(reader.tags.map(\.name)).subtracting(Self.elements) == [])
      #expect(Set(reader.tags.flatMap(\.attributes.keys)).subtracting(Self.attributes) == [])
      let controls = html.unicodeScalars.filter { scalar in
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
      }
      #expect(controls.isEmpty)
    }
  }

  @Test(arguments: doses)
  func linksLeadSomewhere(dose: String) {
    let html = HTMLReport.render(Poison(dose: dose)(SampleAssessment.rich))
    let tags = MarkupReader(html).tags
    let ids = tags.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { !$0.contains { $0.isWhitespace } })
    let links = tags.compactMap { $0.attributes["href"] }
    for link in links where link.hasPrefix("#") {
      #expect(ids.contains(String(link.dropFirst())), "\(link)")
    }
    for link in links where !link.hasPrefix("#") {
      #expect(link.hasPrefix("https://") || link == "data:,")
    }
    // The matrix links to the findings of the rule that decided, and to the open question.
    #expect(links.count { $0.hasPrefix("#rule-host/docker-socket") } == 3)
    #expect(links.count { $0.hasPrefix("#open-image/platform") } == 2)
  }

  @Test func asksNothingOfTheNetwork() {
    let html = HTMLReport.render(SampleAssessment.rich)
    #expect(
      html.contains(
        "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""
      )
    )
    for forbidden in [
      "url(", "@import", "<script", "<img", "<iframe", "javascript:alert(1)\"",
    ] {
      #expect(!html.contains(forbidden), "\(forbidden)")
    }
  }

  @Test func headingsDescendOneByOne() {
    for sample in [SampleAssessment.rich, SampleAssessment.empty] {
      let levels = MarkupReader(HTMLReport.render(sample)).tags.compactMap { tag in
        tag.name.count == 2 && tag.name.hasPrefix("h") ? Int(tag.name.dropFirst()) : nil
      }
      #expect(levels.first == 1)
      #expect(levels.count { $0 == 1 } == 1)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }
  }

  @Test(arguments: [
    #"- <mark>/var/run/docker.sock</mark>:/var/run/docker.sock"#,
    #"image: <mark>storefront/web:latest</mark>"#,
    #"DB_PASSWORD: <mark>&quot;••••••••&quot;</mark> # 🔑 &amp; &lt;b&gt;"#,
    #"privileged: 🚢 <mark>true</mark> <span class="u">U+001B</span>[31m&lt;script&gt;"#,
    #"command: <mark>worker --log-file=/var/log/worker.log</mark></span>"#,
    #"image: <mark>例え/イメージ:latest</mark>"#,
    #"<span class="hit" data-n="4"><mark>RUN apt-get update \</mark></span>"#,
    #"<span class="hit" data-n="5">  <mark># for the health check</mark></span>"#,
    "<span class=\"hit\" data-n=\"6\">  <mark>&amp;&amp; apt-get insta\u{301}ll</mark> -y curl</span>",
    #"<span data-n="7">CMD [&quot;node&quot;, &quot;server.js&quot;]</span>"#,
  ])
  func marksTheFlaggedRange(expected: String) {
    let html = HTMLReport.render(SampleAssessment.rich)
    #expect(html.contains(expected))
  }

  /// Locations that lie beside their excerpt must neither crash nor lose text.
  @Test(arguments: [
    (1, 1, 1, 1, #"<span class="hit" data-n="1">ab 🚢 cd</span>"#),
    (1, 4, 1, 5, #"<span class="hit" data-n="1">ab <mark>🚢</mark> cd</span>"#),
    (1, 6, 1, 99, #"<span class="hit" data-n="1">ab 🚢 <mark>cd</mark></span>"#),
    (1, 50, 1, 99, #"<span class="hit" data-n="1">ab 🚢 cd</span>"#),
    (1, 5, 1, 2, #"<span class="hit" data-n="1">ab 🚢 cd</span>"#),
    (1, -3, 1, -9, #"<span class="hit" data-n="1">ab 🚢 cd</span>"#),
    (0, 0, 0, 0, #"<span data-n="1">ab 🚢 cd</span>"#),
    (0, 7, 2, 3, #"<span class="hit" data-n="1"><mark>ab 🚢 cd</mark></span>"#),
    (1, 4, 9, 1, #"<span class="hit" data-n="1">ab <mark>🚢 cd</mark></span>"#),
  ])
  func survivesEveryLocation(
    line: Int,
    column: Int,
    endLine: Int,
    endColumn: Int,
    expected: String
  ) {
    let html = rendering(
      "ab 🚢 cd",
      FileLocation(
        file: "f",
        line: line,
        column: column,
        endLine: endLine,
        endColumn: endColumn
      )
    )
    #expect(html.contains("<pre class=\"src\">\(expected)</pre>"))
  }

  @Test func cutsEndlessLines() {
    let text = String(repeating: "é", count: 100_000) + "HERE" + String(repeating: "ü", count: 9999)
    let html = rendering(
      text,
      FileLocation(file: "f", line: 1, column: 100_001, endLine: 1, endColumn: 100_005)
    )
    let before = String(repeating: "é", count: 80)
    let after = String(repeating: "ü", count: 400 - 80 - 4)
    #expect(html.contains("<i>…</i>\(before)<mark>HERE</mark>\(after)<i>…</i></span>"))
  }

  @Test func saysOfARuleOnlyOnceWhatHoldsForAll() {
    var assessment = SampleAssessment.rich
    let finding = assessment.findings[1]
    assessment.findings = (0..<1000).map { number in
      var copy = finding
      copy.fingerprint = "f\(number)"
      return copy
    }
    let html = HTMLReport.render(assessment)
    func count(_ text: String) -> Int { html.ranges(of: text).count }
    #expect(count("Remove the mount") == 1)
    #expect(count("<article") == 50)
    #expect(count("<li id=\"f") == 950)
    #expect(count("web mounts /var/run/docker.sock") == 1000)
  }

  @Test func saysWhatItLookedFor() {
    let html = HTMLReport.render(SampleAssessment.empty)
    #expect(html.contains("No workload was found"))
    for kind in SampleAssessment.empty.lookedFor { #expect(html.contains("<li>\(kind)</li>")) }
    #expect(html.contains("found a tab character"))
  }

  private func rendering(_ text: String, _ location: FileLocation) -> String {
    var assessment = SampleAssessment.rich
    assessment.findings = [assessment.findings[1]]
    assessment.findings[0].location = location
    assessment.findings[0].excerpt = [SourceLine(number: 1, text: text)]
    return HTMLReport.render(assessment)
  }
}
