import PackagePlugin

/// Turns every data file under `Rules/` into one Swift source at build time.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let module = target.sourceModule else { return [] }
    let inputs = [".yaml", ".tsv"].flatMap { suffix in
      module.sourceFiles(withSuffix: suffix).map(\.url)
    }
    .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedRules.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(inputs.count) rule files",
        executable: try context.tool(named: "RuleEmbedder").url,
        arguments: [module.directoryURL.path, output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output]
      )
    ]
  }
}
