/// Every scanner besides those of Compose files and Dockerfiles, in the order of their results.
package enum ScannerList {
  package static let all: [any FormatScanner] = [
    KubernetesScanner(), ECSScanner(), CloudFormationScanner(), IAMScanner(),
    ContainerAppScanner(), ARMScanner(), BicepScanner(), TerraformScanner(),
  ]
}
