import DocumentTrees

/// What a manifest's path says of the application it belongs to, and of the variant it holds.
///
/// `shop/kustomize/base/web.yaml`, `shop/release/manifests.yaml` and `shop/overlays/eu/web.yaml` are
/// variants of the application in `shop`: what their paths say besides are words for variants and
/// the workload's own name.
struct DefinitionPlace {
  let folder: String
  /// The folder's parts that tell applications apart.
  let application: String
  /// What the file's own name says besides the workload's name and words for variants.
  let remainder: String
  /// How far the variant is from what runs in production; 0 is production itself.
  let rank: Int

  init(_ object: ManifestObject) {
    var own = Set(Self.words(object.name))
    folder = RelativePath.directory(of: object.file)
    var kept: [Substring] = []
    var rank = Rank.neutral
    var isInside = false
    // `guestbook/all-in-one/guestbook-all-in-one.yaml` says nothing new by its name.
    var inherited: Set<String> = []
    for part in folder.split(separator: "/") {
      let words = Self.words(String(part))
      rank.take(words)
      // Below `overlays` or `environments` folders are called as one likes.
      let isVariant = isInside || words.allSatisfy { Self.isVariant($0) || own.contains($0) }
      isInside = words.contains(where: Self.parents.contains)
      if !isVariant { kept.append(part) }
      inherited.formUnion(words)
    }
    own.formUnion(inherited)
    application = kept.joined(separator: "/")
    var stem = RelativePath.name(of: object.file)
    for suffix in [".yaml", ".yml", ".json"] where stem.hasSuffix(suffix) {
      stem.removeLast(suffix.count)
    }
    let words = Self.words(stem)
    rank.take(words)
    remainder =
      words.filter { !Self.isVariant($0) && !own.contains($0) && !Self.kinds.contains($0) }
      .joined(separator: "-")
    self.rank = rank.rawValue
  }

  /// A name without what only says which variant it is of: `shop` for `shop-dev`.
  static func plain(_ name: String) -> String {
    words(name).filter { !isVariant($0) }.joined(separator: "-")
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  // MARK: Words

  private enum Rank: Int {
    case production, release, neutral, base, development

    /// Later words of a path say more.
    mutating func take(_ words: [String]) {
      for word in words {
        if DefinitionPlace.production.contains(word) {
          self = .production
        } else if DefinitionPlace.development.contains(word) {
          self = .development
        } else if self != .production, self != .development {
          if DefinitionPlace.rendered.contains(word) { self = .release }
          if word == "base" || word == "bases" { self = .base }
        }
      }
    }
  }

  private static func isVariant(_ word: String) -> Bool {
    production.contains(word) || development.contains(word) || rendered.contains(word)
      || neutral.contains(word) || parents.contains(word)
  }

  private static let parents: Set = [
    "overlay", "overlays", "environment", "environments", "env", "envs", "variant", "variants",
    "component", "components", "clusters",
  ]

  private static let production: Set = ["prod", "production", "live"]

  private static let development: Set = [
    "dev", "develop", "development", "local", "test", "testing", "qa", "uat", "stage", "staging",
    "preprod", "preview", "sandbox", "ci", "kind", "k3d", "k3s", "minikube", "microk8s", "legacy",
    "old",
  ]

  private static let rendered: Set = [
    "release", "releases", "dist", "out", "output", "rendered", "generated", "bundle", "install",
  ]

  private static let neutral: Set = [
    "k8s", "kube", "kubernetes", "manifest", "manifests", "yaml", "yamls", "deploy", "deployment",
    "deployments", "base", "bases", "kustomize", "kustomization", "skaffold", "istio", "gitops",
    "argocd", "flux", "infra", "infrastructure", "cluster", "config", "resources", "all", "in",
    "one", "full", "default", "aws", "eks", "gcp", "gke", "azure", "aks", "openshift", "cloud",
    "app", "apps", "services",
  ]

  /// Words of file names for what stands in them.
  private static let kinds: Set = [
    "pod", "statefulset", "daemonset", "job", "cronjob", "svc", "service", "controller", "rc", "rs",
  ]
}
