import DocumentTrees
import Workloads

/// The `Globals` of a SAM template: settings that all resources of a kind share.
struct ServerlessGlobals {
  private let evaluator: TemplateEvaluator
  private var settings: [String: Datum] = [:]

  init(_ evaluator: TemplateEvaluator) {
    self.evaluator = evaluator
    guard evaluator.sections.isServerless else { return }
    let table = evaluator.sections.entries("Globals")
    for kind in table.order {
      guard let entry = table[kind] else { continue }
      settings["AWS::Serverless::\(kind)"] = evaluator.evaluate(entry.node, entry.frame)
    }
  }

  /// A resource's properties with what is stated for all of its type.
  func merged(into properties: Datum, of type: String) -> Datum {
    guard let common = settings[type] else { return properties }
    return Self.merge(common, properties)
  }

  /// Mappings are merged, lists appended to the common one, anything else replaced.
  private static func merge(_ common: Datum, _ own: Datum) -> Datum {
    if own.isNothing { return own.isAbsent ? common : own }
    if common.isObject, own.isObject {
      var object = DatumObject(common.entries, more: common.more ?? own.more)
      for entry in own.entries {
        let value = object[entry.key].map { merge($0, entry.value) } ?? entry.value
        object.set(DatumObject.Entry(entry.key, value, keyOrigin: entry.keyOrigin))
      }
      return Datum(.object(object), own.origin)
    }
    if common.isList, own.isList {
      let list = DatumList(common.elements + own.elements, more: common.more ?? own.more)
      return Datum(.list(list), own.origin)
    }
    return own
  }

  /// Functions made of images are containers, but run serverless already.
  func noteImageFunctions(_ resources: [DeclaredResource]) {
    let images = resources.filter { resource in
      (resource.type == "AWS::Serverless::Function" || resource.type == "AWS::Lambda::Function")
        && resource.properties["PackageType"].string.known == "Image"
    }
    guard let first = images.first else { return }
    let names = images.map(\.name).joined(separator: ", ")
    evaluator.note(
      .information,
      first.origin,
      "Lambda runs these images, which is serverless already; they are not assessed as workloads:"
        + " \(names)."
    )
  }
}
