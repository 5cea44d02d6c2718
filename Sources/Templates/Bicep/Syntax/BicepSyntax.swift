import DocumentTrees

/// A Bicep file (`.bicep` or `.bicepparam`) as a tree, with what was wrong in it.
struct BicepFile: Sendable {
  var statements: [BicepStatement]
  var errors: [BicepSyntaxError]
}

/// A name with its place.
struct BicepName: Sendable {
  var text: String
  var range: PlaceRange
}

/// A declaration, with what decorates it.
struct BicepStatement: Sendable {
  indirect enum Kind: Sendable {
    case targetScope(BicepExpression)
    case metadata(BicepName, BicepExpression)
    case parameter(BicepName, type: BicepTypeSyntax?, value: BicepExpression?)
    case variable(BicepName, type: BicepTypeSyntax?, value: BicepExpression)
    case output(BicepName, type: BicepTypeSyntax?, value: BicepExpression)
    case type(BicepName, BicepTypeSyntax)
    case function(BicepName, BicepFunction)
    case resource(BicepResource)
    case module(BicepModule)
    case extensionUse(BicepExtension)
    case importSymbols(BicepImport)
    case assertion(BicepName, BicepExpression)
    case test(BicepName, BicepExpression, BicepExpression)
    /// The template of a parameter file; nil for `none`.
    case using(BicepExpression?)
    case extends(BicepExpression)
  }

  var decorators: [BicepExpression]
  var kind: Kind
  var range: PlaceRange
}

/// `resource app 'Microsoft.App/containerApps@2024-03-01' = { … }`.
struct BicepResource: Sendable {
  var name: BicepName
  var type: BicepExpression
  var isExisting: Bool
  var body: BicepExpression
}

/// `module network 'modules/network.bicep' = { … }`.
struct BicepModule: Sendable {
  var name: BicepName
  var path: BicepExpression
  var body: BicepExpression
}

/// `extension kubernetes with { … } as k8s`, also in its older spellings.
struct BicepExtension: Sendable {
  /// The text or identifier behind the keyword.
  var specification: String
  var alias: BicepName?
  var configuration: BicepExpression?
}

/// `import { a, b as c } from 'shared.bicep'`, `import * as shared from 'shared.bicep'`.
struct BicepImport: Sendable {
  struct Item: Sendable {
    var name: String
    var alias: BicepName
  }

  var items: [Item]
  /// The name that stands for everything the file exports.
  var wildcard: BicepName?
  var path: BicepExpression
}

/// A function of the user's own.
struct BicepFunction: Sendable {
  var parameters: [BicepName]
  var body: BicepExpression
}

/// An expression with its place.
struct BicepExpression: Sendable {
  indirect enum Kind: Sendable {
    /// Texts and holes; one text if nothing is interpolated.
    case string([BicepStringPart])
    case integer(UInt64)
    case flag(Bool)
    case null
    case array([BicepArrayItem])
    case object([BicepObjectItem])
    case loop(BicepLoop)
    case name(String)
    case call(BicepName, [BicepExpression])
    case method(BicepExpression, BicepName, [BicepExpression])
    /// `base.name`, `base.?name`.
    case member(BicepExpression, BicepName, isSafe: Bool)
    /// `base[index]`, `base[?index]`, `base[^1]`.
    case index(BicepExpression, BicepExpression, isSafe: Bool, fromEnd: Bool)
    /// `outer::inner`.
    case nested(BicepExpression, BicepName)
    case nonNull(BicepExpression)
    case unary(BicepToken.Kind, BicepExpression)
    case binary(BicepToken.Kind, BicepExpression, BicepExpression)
    case conditional(BicepExpression, BicepExpression, BicepExpression)
    case lambda([BicepName], BicepExpression)
    /// `if (condition) { … }`, the value of a resource or module.
    case guarded(BicepExpression, BicepExpression)
    /// What could not be read.
    case broken
  }

  var kind: Kind
  var range: PlaceRange

  /// The text of a string without interpolation.
  var plainText: String? {
    guard case .string(let parts) = kind else { return nil }
    if parts.isEmpty { return "" }
    guard parts.count == 1, case .text(let text) = parts[0] else { return nil }
    return text
  }
}

/// A stretch of a string.
enum BicepStringPart: Sendable {
  case text(String)
  case hole(BicepExpression)
}

/// An element of an array, or what is spread into it.
struct BicepArrayItem: Sendable {
  var value: BicepExpression
  var isSpread: Bool
}

/// What can stand in an object.
enum BicepObjectItem: Sendable {
  /// The key is a string expression.
  case property(key: BicepExpression, value: BicepExpression)
  case spread(BicepExpression)
  /// A resource nested in the body of another.
  case resource(BicepStatement)
}

/// `[for (item, index) in list: body]`.
struct BicepLoop: Sendable {
  var item: BicepName
  var index: BicepName?
  var list: BicepExpression
  var body: BicepExpression
}

/// A type as it is written; what matters of it is whether null is allowed, and what is secret.
struct BicepTypeSyntax: Sendable {
  indirect enum Kind: Sendable {
    case name(String)
    case member(BicepTypeSyntax, String)
    case item(BicepTypeSyntax)
    case literal(BicepExpression)
    case array(BicepTypeSyntax)
    case object([BicepTypeProperty])
    case tuple([BicepTypeSyntax])
    case union([BicepTypeSyntax])
    case nullable(BicepTypeSyntax)
    case nonNull(BicepTypeSyntax)
    /// `resourceInput<'Microsoft.App/jobs@2024-03-01'>`.
    case generic(String, [BicepTypeSyntax])
    case resource(String)
    case null
  }

  var kind: Kind
  var range: PlaceRange
}

/// A property of an object type; `*` for further ones.
struct BicepTypeProperty: Sendable {
  var name: String
  var decorators: [BicepExpression]
  var type: BicepTypeSyntax
}
