import DocumentTrees
import Workloads

/// A mapping with its loops and includes written out.
struct Expansion {
  var entries: [TemplateEntry] = []
  /// Why there may be further keys.
  var more: Gap?
  /// The value of the whole mapping, if an include is no mapping.
  var whole: Datum?
}

extension TemplateEvaluator {
  /// Writes out `Fn::ForEach` loops and `Fn::Transform` among the keys of a mapping.
  func expand(_ mapping: Node, _ frame: Frame) -> Expansion {
    var expansion = Expansion()
    expand(mapping, frame, &expansion)
    return expansion
  }

  private func expand(_ mapping: Node, _ frame: Frame, _ expansion: inout Expansion) {
    guard frame.depth < session.bounds.depth else {
      let place = origin(mapping, frame)
      expansion.more = spent(place).gap
      return
    }
    for (keyNode, node) in mapping.entries {
      guard budget.step() else {
        expansion.more = spent(origin(keyNode, frame)).gap
        return
      }
      let key = keyNode.text
      if key.hasPrefix("Fn::ForEach") {
        loop(key, keyNode, node, frame.deeper, &expansion)
      } else if key == "Fn::Transform" {
        let transforms = node.isSequence ? Array(node.elements) : [node]
        for transform in transforms {
          guard let (root, inner) = included(transform, frame.deeper) else {
            expansion.more = Gap(whyNotIncluded(transform))
            continue
          }
          if root.isMapping {
            expand(root, inner, &expansion)
          } else {
            expansion.whole = evaluate(root, inner)
          }
        }
      } else {
        let text = frame.replacingVariables(in: key)
        let entry = TemplateEntry(key: text, keyNode: keyNode, node: node, frame: frame)
        expansion.entries.append(entry)
      }
    }
  }

  /// Writes out `Fn::ForEach::Name: [identifier, collection, {key: value}]`.
  private func loop(
    _ key: String,
    _ keyNode: Node,
    _ node: Node,
    _ frame: Frame,
    _ expansion: inout Expansion
  ) {
    let place = origin(keyNode, frame)
    guard node.isSequence, node.count == 3, node.elements[2].isMapping,
      node.elements[0].isScalar
    else {
      let reason = wrong(place, "\(key) needs an identifier, a collection and a mapping")
      expansion.more = reason.gap
      return
    }
    let identifier = node.elements[0].text
    let collection = evaluate(node.elements[1], frame)
    var elements = collection.elements
    if elements.count > session.bounds.loopElements {
      note(
        .limit,
        place,
        "\(key) has more than \(session.bounds.loopElements) elements; the rest was left out."
      )
      elements = Array(elements.prefix(session.bounds.loopElements))
      expansion.more = Gap("the loop is too long to write out")
    }
    var why = collection.more?.reason
    for element in elements {
      guard let value = element.string.known else {
        why = why ?? element.string.unknownReason ?? "an element of it is not known"
        continue
      }
      var inner = frame
      inner.variables[identifier] = value
      expand(node.elements[2], inner, &expansion)
    }
    if let why {
      note(.information, place, "\(key) cannot be written out: \(why).")
      expansion.more = Gap(why)
    }
  }

  // MARK: Includes

  /// The text that `AWS::Include` names, if it lies below the scanned root.
  func included(_ transform: Node, _ frame: Frame) -> (node: Node, frame: Frame)? {
    let place = origin(transform, frame)
    guard let name = transform["Name"], name.textEquals("AWS::Include"),
      let location = transform[path: "Parameters", "Location"]
    else {
      let name = transform["Name"]?.text ?? transform.text
      note(.information, place, "The macro \(name) is run when deployed; what it gives is unknown.")
      return nil
    }
    let value = evaluate(location, frame)
    guard let text = value.string.known else {
      let why = value.string.unknownReason ?? "it is no text"
      note(.information, place, "What is included here is not known: \(why).")
      return nil
    }
    if text.contains("://") {
      note(.information, place, "The text included here is not among the files: \(text).")
      return nil
    }
    guard let path = RelativePath.resolve(text, in: RelativePath.directory(of: frame.file)) else {
      note(.outsideRoot, place, "\(text) lies outside of the scanned folder and was not included.")
      return nil
    }
    guard frame.depth < session.bounds.depth else {
      note(.limit, place, "Texts include each other too deeply.")
      return nil
    }
    switch session.load(path) {
    case .refused(let kind, let reason):
      note(kind, place, "\(path), which is included here, \(reason).")
      return nil
    case .root(let root):
      readFiles.insert(path)
      var inner = frame.deeper
      inner.file = path
      inner.via = (place.location.map { [$0] } ?? []) + frame.via
      return (root, inner)
    }
  }

  private func whyNotIncluded(_ transform: Node) -> String {
    let name = transform["Name"]?.text ?? ""
    return name == "AWS::Include"
      ? "a part of the template is included when deployed"
      : "the macro \(name) gives it when deployed"
  }

  /// `!Transform {Name: …}` in the place of a value.
  func include(_ argument: Argument, _ place: Origin, _ frame: Frame) -> Datum {
    guard let (root, inner) = included(argument.node, frame) else {
      return .unknown(whyNotIncluded(argument.node), place)
    }
    return evaluate(root, inner)
  }
}
