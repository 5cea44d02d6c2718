package import RuleEngine

/// The outputs an assessment can be rendered to.
package enum ReportFormat: String, CaseIterable, Sendable {
  case console, json, html

  /// The report as text; `style` concerns the console only.
  package func render(_ assessment: Assessment, style: ConsoleStyle = .plain) -> String {
    switch self {
    case .console: ConsoleReport.render(assessment, style: style)
    case .json: JSONReport.render(assessment)
    case .html: HTMLReport.render(assessment)
    }
  }

  /// Writes the report as UTF-8, large ones piece by piece.
  package func write(_ assessment: Assessment, to sink: @escaping ByteSink) {
    switch self {
    case .json: JSONReport.write(assessment, to: sink)
    case .console, .html: bytes(assessment).withUnsafeBufferPointer(sink)
    }
  }

  /// The report as UTF-8, which spares large reports the round through a string.
  package func bytes(_ assessment: Assessment, style: ConsoleStyle = .plain) -> [UInt8] {
    switch self {
    case .console: ConsoleReport.bytes(assessment, style: style)
    case .json: JSONReport.bytes(assessment)
    case .html: HTMLReport.bytes(assessment)
    }
  }
}
