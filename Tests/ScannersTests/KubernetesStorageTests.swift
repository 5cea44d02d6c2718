import DocumentTrees
import Scanners
import Testing
import Workloads

/// Volumes, mounts, claims.
struct KubernetesStorageTests {
  @Test func readsVolumesOfEveryType() async throws {
    let result = await kubernetes(
      deployment(
        pod: """
          volumes:
          - {name: a, emptyDir: {medium: Memory, sizeLimit: 64Mi}}
          - {name: b, hostPath: {path: /var/run/docker.sock, type: Socket}}
          - {name: c, configMap: {name: settings}}
          - {name: d, secret: {secretName: keys}}
          - {name: e, nfs: {server: 10.0.0.1, path: /x}}
          - {name: f, csi: {driver: efs.csi.aws.com}}
          - {name: g, persistentVolumeClaim: {claimName: data}}
          - {name: h}
          - {name: i, projected: {sources: [{secret: {name: token}}]}}
          - {name: j, image: {reference: "repo/x:1"}}
          - {name: k, azureFile: {shareName: s, readOnly: true}}
          - {name: l, floppy: {}}
          """,
        container: """
          volumeMounts:
          - {name: a, mountPath: /dev/shm}
          - {name: b, mountPath: /sock, mountPropagation: HostToContainer}
          - {name: c, mountPath: /c, subPath: one}
          - {name: d, mountPath: /d}
          - {name: e, mountPath: /e, readOnly: true}
          - {name: f, mountPath: /f}
          - {name: g, mountPath: /g}
          - {name: h, mountPath: /h}
          - {name: i, mountPath: /i}
          - {name: j, mountPath: /j}
          - {name: k, mountPath: /k}
          - {name: z, mountPath: /z}
          volumeDevices: [{name: g, devicePath: /dev/xvda}]
          """
      )
    )
    let web = try #require(result.workload("web"))
    let mounts = try #require(web.container?.mounts)
    #expect(
      mounts.map { "\($0.type.shown) \($0.source.shown) \($0.target.shown) \($0.readOnly.shown)" }
        == [
          "emptyDir a /dev/shm -", "hostPath /var/run/docker.sock /sock -",
          "configMap settings /c true", "secret keys /d true", "nfs 10.0.0.1:/x /e true",
          "csi f /f -", "persistentVolumeClaim data /g -", "emptyDir h /h -", "projected i /i true",
          "image repo/x:1 /j true", "azureFile s /k true",
          "?the pod declares no volume z ?the pod declares no such volume /z -",
        ]
    )
    #expect(mounts[0].size.known == 67_108_864)
    #expect(web.container?.sharedMemory.known == 67_108_864)
    #expect(mounts[1].sourceIsDirectory == false)
    #expect(mounts[1].options.map(\.shown) == ["Socket", "HostToContainer"])
    #expect(mounts[2].subpath.shown == "one")
    #expect(web.container?.devices.map(\.shown) == ["data:/dev/xvda"])
    #expect(web.secrets.map(\.name) == ["keys", "token"])
    #expect(web.configs.map(\.name) == ["settings"])
    #expect(
      web.volumes.map { "\($0.name) \($0.driver.shown)" } == [
        "a emptyDir", "b hostPath", "c configMap", "d secret",
        "e nfs", "f efs.csi.aws.com", "data persistentVolumeClaim", "h emptyDir", "i projected",
        "j image", "k azureFile",
      ]
    )
    #expect(
      result.notices.map(\.message) == [
        "A volume has no field floppy; it was not assessed.",
        "The pod declares no volume z.",
      ]
    )
  }

  struct ClaimCase: Sendable, CustomTestStringConvertible {
    var claim: String
    var others = ""
    var expected: String
    var testDescription: String { claim }
  }

  private static let classes = """
    ---
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
    provisioner: ebs.csi.aws.com
    ---
    apiVersion: storage.k8s.io/v1
    kind: StorageClass
    metadata: {name: shared}
    provisioner: efs.csi.aws.com

    """

  private static let volumes = """
    ---
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: pv, labels: {for: web}}
    spec: {storageClassName: manual, hostPath: {path: /mnt}}
    ---
    apiVersion: v1
    kind: PersistentVolume
    metadata: {name: taken}
    spec: {claimRef: {name: data}, nfs: {server: s, path: /}}

    """

  @Test(arguments: [
    ClaimCase(
      claim: "{storageClassName: shared}",
      others: classes,
      expected: "shared efs.csi.aws.com file"
    ),
    ClaimCase(claim: "{}", others: classes, expected: "fast ebs.csi.aws.com block"),
    ClaimCase(claim: "{}", expected: "- - block"),
    ClaimCase(claim: "{accessModes: [ReadWriteMany]}", expected: "- - unknown"),
    ClaimCase(claim: "{storageClassName: gp3}", expected: "gp3 ebs.csi.aws.com block"),
    ClaimCase(
      claim: "{storageClassName: azurefile}",
      expected: "azurefile file.csi.azure.com file"
    ),
    ClaimCase(claim: "{storageClassName: odd}", expected: "odd - unknown"),
    ClaimCase(
      claim: "{storageClassName: \"\", volumeName: pv}",
      others: volumes,
      expected: " hostPath host"
    ),
    ClaimCase(claim: "{storageClassName: any}", others: volumes, expected: "any nfs file"),
    ClaimCase(
      claim: "{storageClassName: shared, volumeMode: Block}",
      others: classes,
      expected: "shared efs.csi.aws.com block"
    ),
  ])
  func resolvesClaims(_ given: ClaimCase) async throws {
    let result = await kubernetes(
      deployment(pod: "volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]") + """

        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data}
        spec: \(given.claim)

        """ + given.others
    )
    let claim = try #require(result.workload("web")?.resources(StorageClaim.kind).first)
    let shown = [
      claim[StorageClaim.storageClass].shown, claim[StorageClaim.provisioner].shown,
      claim[StorageClaim.medium].shown,
    ]
    #expect(shown.joined(separator: " ") == given.expected)
  }

  @Test func readsTemplatesOfClaims() async throws {
    let result = await kubernetes(
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            storageClassName: gp2
            resources: {requests: {storage: 10Gi}}
        template:
          spec:
            containers:
            - {name: c, image: postgres, volumeMounts: [{name: data, mountPath: /data}]}
      """
    )
    let workload = try #require(result.workload("db"))
    let claim = try #require(workload.resources(StorageClaim.kind).first)
    #expect(claim[StorageClaim.isTemplate].known == true)
    #expect(claim[StorageClaim.size].known == 10_737_418_240)
    #expect(claim[StorageClaim.accessModes].map(\.shown) == ["ReadWriteOnce"])
    #expect(workload.container?.mounts.map(\.type.shown) == ["persistentVolumeClaim"])
    #expect(workload.volumes.map(\.driver.shown) == ["kubernetes.io/aws-ebs"])
  }
}
