/// `; did you mean 'x'?` for the known name closest to a wrong one, or nothing if none is close.
func suggestion(for name: String, among known: some Sequence<String>) -> String {
  let wanted = Array(name.utf8)
  guard wanted.count <= 64 else { return "" }
  let limit = max(1, wanted.count / 3)
  let best =
    known.lazy.filter { abs($0.utf8.count - wanted.count) <= limit && !$0.hasPrefix("@") }
    .map { (distance: editDistance(wanted, Array($0.utf8)), name: $0) }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  guard let best, best.distance <= limit else { return "" }
  return "; did you mean '\(best.name)'?"
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for row in 0..<left.count {
    var current = [row + 1]
    for column in 0..<right.count {
      let replaced = last[column] + (lowered(left[row]) == lowered(right[column]) ? 0 : 1)
      var best = min(replaced, last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, beforeLast[column - 1] + 1)
      }
      current.append(best)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}

private func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
