import Testing

@testable import DocumentTrees

@Suite struct ShellSplitterTests {
  private func split(_ script: String) -> [ShellCommand] {
    ShellCommand.split(PlacedText(script, startingAt: Place(line: 1, column: 1)))
  }

  /// Words in brackets, then assignments, redirections, the connector and marks.
  private func show(_ command: ShellCommand) -> String {
    var text = command.assignments.map { "\($0.name)=\($0.value) " }.joined()
    text += "[" + command.words.joined(separator: "|") + "]"
    for redirection in command.redirections {
      text +=
        " \(redirection.descriptor.map(String.init) ?? "")\(redirection.operation)\(redirection.target)"
    }
    return text + command.connector.rawValue + (command.isSubstituted ? "$" : "")
  }

  @Test(arguments: [
    ("", []), ("  ", []), ("# only", []), ("a", ["[a]"]), ("a b  c", ["[a|b|c]"]),
    ("a && b || c; d | e & f", ["[a]&&", "[b]||", "[c];", "[d]|", "[e]&", "[f]"]),
    ("a\nb\r\n\nc", ["[a];", "[b];", "[c]"]), ("a \\\n b", ["[a|b]"]), ("a\\\nb", ["[ab]"]),
    ("a 'b c' \"d e\" f\\ g", ["[a|b c|d e|f g]"]), ("a ''", ["[a|]"]), ("a'b'\"c\"", ["[abc]"]),
    ("a \"x'y\" 'x\"y'", ["[a|x'y|x\"y]"]), ("a \"\\\"\\n\"", ["[a|\"\\n]"]),
    ("a # b\nc", ["[a];", "[c]"]),
    ("a b#c", ["[a|b#c]"]), ("a $X ${Y:-b c} \"$Z\"", ["[a|$X|${Y:-b c}|$Z]"]),
    ("a ';' b", ["[a|;|b]"]),
    ("A=1 B='x y' cmd C=3", ["A=1 B=x y [cmd|C=3]"]), ("A=1", ["A=1 []"]),
    ("export A=1", ["[export|A=1]"]),
    ("a > f 2>&1", ["[a] >f 2>&1"]), ("a >>f 2>/dev/null <in", ["[a] >>f 2>/dev/null <in"]),
    ("> f", ["[] >f"]),
    ("a &> f", ["[a] &>f"]), ("a 2>f b", ["[a|b] 2>f"]), ("echo x2>f", ["[echo|x2] >f"]),
    ("a <<<b", ["[a] <<<b"]),
    ("a $(b c) d", ["[a|$(b c)|d]", "[b|c]$"]), ("a `b c`", ["[a|`b c`]", "[b|c]$"]),
    ("a \"$(b \"c d\")\"", ["[a|$(b \"c d\")]", "[b|c d]$"]),
    ("X=$(curl u | sh)", ["X=$(curl u | sh) []", "[curl|u]|$", "[sh]$"]),
    ("a $(b $(c))", ["[a|$(b $(c))]", "[b|$(c)]$", "[c]$"]),
    ("a $((1 + (2))) b", ["[a|$((1 + (2)))|b]"]),
    ("diff <(a b) <(c)", ["[diff|<(a b)|<(c)]", "[a|b]$", "[c]$"]),
    ("(a; b) && c", ["[a];", "[b];", "[c]"]), ("{ a; b; }", ["[a];", "[b];"]),
    ("$( (a) )", ["[$( (a) )]", "[a];$"]),
    ("if a; then b; elif c; then d; else e; fi", ["[a];", "[b];", "[c];", "[d];", "[e];"]),
    ("for x in a $(b); do c $x; done", ["[b]$", "[c|$x];"]),
    ("while ! a; do b; done < f", ["[a];", "[b];", "[] <f"]),
    ("case $x in a|b) c;; *) d ;; esac; e", ["[c];", "[d];", "[e]"]),
    ("case $x in (a) b; esac", ["[b];"]),
    ("f() { a; }; f", ["[a];", "[f]"]), ("function f { a; }", ["[a];"]),
    ("echo if then", ["[echo|if|then]"]),
    ("'if' a", ["[if|a]"]), ("time a", ["[a]"]), ("set -eux; a", ["[set|-eux];", "[a]"]),
    ("cat <<E > f\nnot a command\nE\nb", ["[cat] <<E >f;", "[b]"]),
    ("cat <<-'E'\n\tx\n\tE\nb", ["[cat] <<-E;", "[b]"]),
    ("a 'open", ["[a|open]"]), ("a \"open", ["[a|open]"]), ("a $(b", ["[a|$]", "[b]$"]),
    ("a ) b", ["[a];", "[b]"]),
    ("a ${b", ["[a|${b]"]), ("a $'x\\'y' z", ["[a|x\\'y|z]"]), ("a |& b", ["[a]|", "[b]"]),
    ("echo a&", ["[echo|a]&"]),
    ("case x in", []), (";;&|", []), ("a \\", ["[a]"]),
    ("[ -f x ] && [[ a == b ]]", ["[[|-f|x|]]&&", "[[[|a|==|b|]]]"]),
  ])
  func splits(script: String, expected: [String]) {
    #expect(split(script).map(show) == expected)
  }

  @Test func commandsKnowTheirPlaces() throws {
    let file = try Dockerfile.parse(
      "FROM a\nRUN apt-get update \\\n # why\n && ünï \"x y\" \\\n\t| sh\n"
    )
    let commands = file.stages[0].instructions[0].shellCommands
    #expect(commands.map { spot($0.range) } == ["2:5-2:19", "4:5-4:14", "5:4-5:6"])
    #expect(commands[1].wordRanges.map(spot) == ["4:5-4:8", "4:9-4:14"])
  }

  @Test func readsScriptsOfInstructions() throws {
    let file = try Dockerfile.parse(
      """
      FROM a
      RUN <<-EOF
      \tset -e
      \tapk add x
      EOF
      RUN <<EOF
      #!/usr/bin/env python3
      print(1)
      EOF
      RUN bash <<A && cat <<B > f
      one
      A
      two
      B
      RUN ["sh", "-ec", "x && y"]
      RUN ["x", "y z"]
      HEALTHCHECK CMD curl -f a || exit 1
      CMD exec x
      COPY a b
      RUN <<EOF
      #!/bin/bash -e
      three
      EOF
      """
    )
    let all = file.stages[0].instructions.map { instruction in
      instruction.shellCommands.map { "\(show($0)) \(spot($0.range))" }
    }
    #expect(
      all == [
        ["[set|-e]; 3:2-3:8", "[apk|add|x]; 4:2-4:11"],
        [],
        ["[bash] <<A&& 10:5-10:13", "[one]; 11:1-11:4", "[cat] <<B >f 10:17-10:28"],
        ["[x]&& 15:20-15:21", "[y] 15:25-15:26"],
        ["[x|y z] 16:6-16:16"],
        ["[curl|-f|a]|| 17:17-17:26", "[exit|1] 17:30-17:36"],
        ["[exec|x] 18:5-18:11"],
        [],
        ["[three]; 22:1-22:6"],
      ]
    )
  }

  @Test func namesCommands() {
    #expect(split("/usr/bin/apt-get x")[0].name == "apt-get")
    #expect(split("A=1")[0].name == nil)
  }
}
