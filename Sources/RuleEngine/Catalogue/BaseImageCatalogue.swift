import Workloads

/// Finds what is known of a base image: its own row, else what the nearest row says about it.
struct BaseImageCatalogue: Sendable {
  let table: BaseImageTable
  let hints: BaseImageHints

  init(_ files: CatalogueFiles) throws(CatalogueError) {
    table = try BaseImageTable(text: files.text(BaseImageTable.path))
    hints = try BaseImageHints(files.root(BaseImageHints.path))
  }

  /// Nil if the repository is not in the catalogue, and also if its row cannot be read, which the
  /// tests of the data rule out.
  func fact(of image: ImageReference) -> BaseImageFact? {
    guard let repository = repository(of: image) else { return nil }
    let rows = table.rows(of: repository)
    let codeNames = rows.contains { $0.tag.version.first?.first?.isLetter == true }
    let isUbuntu = hints.versions.keys.contains { $0.hasPrefix(repository + ":") }
    let tag = resolved(
      ImageTag(image.tag, codeNames: codeNames || isUbuntu),
      repository: repository
    )
    guard let (row, nearness) = nearest(to: tag, among: rows),
      var fact = try? table.fact(row)
    else { return nil }
    fact.nearness = nearness
    adjust(&fact, row: row, tag: tag)
    fact.systemEOL = hints.distribution(of: tag.words + tag.version)?.endOfLife
    if nearness == .repository { fact.newer = newer(than: tag, among: rows) }
    if let nonRoot = statedNonRoot(image, tag: tag) { fact.nonRoot = nonRoot }
    return fact
  }

  /// Whether an image runs as another user than root by default; nil if that is not known.
  func nonRoot(_ image: ImageReference) -> Bool? {
    if let fact = fact(of: image) { return fact.nonRoot }
    return statedNonRoot(image, tag: ImageTag(image.tag))
  }

  func warnings(for image: ImageReference, fact: BaseImageFact?) -> [BaseImageHints.Warning] {
    let names = ImageNames(image)
    return hints.warnings.filter { warning in
      if let libc = warning.libc, libc == fact?.libc { return true }
      return warning.repositories.contains { names.all.contains(where: $0.matches) }
    }
  }

  /// The repository's name in the table, through aliases and mirrors that say what they mirror.
  private func repository(of image: ImageReference) -> String? {
    let names = ImageNames(image)
    let full = names.all[0]
    if let alias = hints.aliases[full] { return alias }
    if table.contains(full) { return full }
    guard let official = ImageNames.withoutMirror(image.repository.lowercased()) else { return nil }
    if let alias = hints.aliases[official] { return alias }
    return table.contains(official) ? official : nil
  }

  /// Follows second names of versions (`debian:12` is `bookworm`) and adds the variant that is
  /// meant where none is written.
  private func resolved(_ tag: ImageTag, repository: String) -> ImageTag {
    var text = tag.text.lowercased()
    if let first = tag.version.first,
      let other = hints.versions["\(repository):\(first)"],
      let end = text.firstIndex(of: "-") ?? Optional(text.endIndex)
    {
      text.replaceSubrange(text.startIndex..<end, with: other)
    }
    let isBare = ImageTag(text).words.allSatisfy { word in
      word == "alpine" || hints.isDistribution(word)
    }
    if isBare, let variant = hints.defaultVariants[repository] {
      text += text.isEmpty ? variant : "-" + variant
    }
    return text == tag.text ? tag : ImageTag(text)
  }

  /// The row that says most without claiming what the tag does not say.
  private func nearest(
    to tag: ImageTag,
    among rows: [BaseImageTable.Row]
  ) -> (BaseImageTable.Row, BaseImageFact.Nearness)? {
    if let exact = rows.first(where: { $0.tag.text == tag.text }) { return (exact, .exact) }
    if tag.text.isEmpty || tag.text == "latest" {
      if let row = rows.first(where: { $0.tag.text.isEmpty || $0.tag.text == "latest" }) {
        return (row, .exact)
      }
    }
    let words = Set(tag.words)
    let telling = words.filter { !hints.isDistribution($0) }
    var best: (row: BaseImageTable.Row, nearness: BaseImageFact.Nearness, score: [Int])?
    for row in rows {
      let rowWords = Set(row.tag.words)
      // A row of a variant may stand only for tags that name that variant, too.
      guard rowWords.filter({ !hints.isDistribution($0) }).isSubset(of: telling) else { continue }
      let isLine = row.tag.isLine(of: tag.version)
      let sameWords = rowWords == words
      let sameTelling = rowWords.filter { !hints.isDistribution($0) } == telling
      let nearness: BaseImageFact.Nearness
      if row.tag.text.isEmpty, rows.count == 1 {
        nearness = sameWords ? .version : .variant
      } else if isLine {
        nearness = sameWords ? .version : .variant
      } else {
        nearness = .repository
      }
      let score = [
        isLine ? 1 + row.tag.version.count : 0, sameTelling ? 1 : 0,
        rowWords.intersection(words).count, rowWords.subtracting(words).isEmpty ? 1 : 0,
        -row.tag.distance(to: tag),
      ]
      if let best, !best.score.lexicographicallyPrecedes(score) { continue }
      best = (row, nearness, score)
    }
    return best.map { ($0.row, $0.nearness) }
  }

  /// The listed release that comes next after a tag's and whose end is known.
  private func newer(
    than tag: ImageTag,
    among rows: [BaseImageTable.Row]
  ) -> BaseImageFact.Newer? {
    let later = rows.filter { $0.tag.isLater(than: tag) }
      .sorted { $1.tag.isLater(than: $0.tag) }
    return later.lazy.compactMap { row in
      guard let fact = try? table.fact(row), let eol = fact.eol else { return nil }
      return BaseImageFact.Newer(entry: fact.matchedEntry, eol: eol)
    }.first
  }

  /// Takes out of a row's facts what does not follow for another tag, and puts in what its parts say.
  private func adjust(_ fact: inout BaseImageFact, row: BaseImageTable.Row, tag: ImageTag) {
    guard fact.nearness != .exact else { return }
    let words = tag.words
    let newWords = Set(words).subtracting(row.tag.words)
    let telling = newWords.filter { !hints.isDistribution($0) && !Self.harmless.contains($0) }
    fact.sizeMB = nil
    fact.sizeIsMeasured = false
    fact.confidence = .knowledge
    fact.source = nil
    if fact.nearness == .repository {
      fact.eol = nil
      fact.extendedSupportUntil = nil
      fact.eolSource = nil
      fact.os = nil
    }
    if !telling.isEmpty {
      // An unknown word may change everything but the release line.
      fact.sizeClass = nil
      fact.os = nil
      fact.libc = nil
      fact.hasShell = nil
      if !telling.allSatisfy({ hints.lean.contains(String($0)) }) { fact.lean = nil }
    }
    if let distribution = hints.distribution(of: words + tag.version) {
      fact.os = distribution.os
      fact.libc = distribution.libc
    }
    if words.contains(where: { hints.lean.contains(String($0)) }) { fact.lean = true }
    if words.contains("jdk") || words.contains("sdk") || words.contains("devel") {
      fact.role = .buildSDK
    }
    if words.contains("debug") || words.contains("dev") { fact.hasShell = nil }
    if fact.lean == true, let alternative = fact.leanerAlternative, alternative.contains(":"),
      !telling.isEmpty
    {
      fact.leanerAlternative = nil
    }
  }

  /// Words that change neither the system nor its size by much.
  private static let harmless: Set<Substring> = ["nonroot", "rootless", "debug"]

  private func statedNonRoot(_ image: ImageReference, tag: ImageTag) -> Bool? {
    let names = ImageNames(image)
    if names.all.contains(where: { hints.nonRootExcept.contains($0) }) { return false }
    if tag.words.contains(where: { hints.nonRootTags.contains(String($0)) }) { return true }
    return hints.nonRootRepositories.contains { names.all.contains(where: $0.matches) } ? true : nil
  }
}
