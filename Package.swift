// swift-tools-version: 6.2
import PackageDescription

// WATCHDESK_LIGHT=1 leaves out everything that needs swift-nio's event loops, so that a pane, a parser or a rule
// is rebuilt and tested in seconds: `WATCHDESK_LIGHT=1 swift test --scratch-path .build-light --filter TerminalTests`.
let isLight = Context.environment["WATCHDESK_LIGHT"] != nil

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let locks = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket"].map {
    .product(name: $0, package: "swift-nio")
}

/// A library target of ours with the strict settings.
func slice(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The C side of a door: only the functions used, no variadics, no macros.
func door(_ name: String, links library: String...) -> Target {
    .target(
        name: name,
        cSettings: [.define("_GNU_SOURCE")],
        linkerSettings: library.map { .linkedLibrary($0) })
}

/// A test target beside the target of the same name.
func tests(_ name: String, _ dependencies: Target.Dependency..., fixtures: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: dependencies,
        exclude: fixtures ? ["Fixtures"] : [],
        swiftSettings: [.treatAllWarnings(as: .error)])
}

let doors = [
    door("CNcurses", links: "ncursesw", "tinfo"),
    door("CCurl", links: "curl"),
    door("CSQLite", links: "sqlite3"),
    door("CCrypto", links: "crypto"),
    door("CYAML", links: "yaml"),
    door("CLinux"),
]

let light = [
    slice("Vocabulary"),
    slice("JSON", "Vocabulary"),
    slice("Threads", "CLinux", locks),
    slice("Bus", "Vocabulary", locks),
    slice("Digests", "CCrypto"),
    slice("YAML", "Vocabulary", "CYAML"),
    slice("Terminal", "Vocabulary"),
    slice("Settings", "Vocabulary", "YAML", "Terminal"),
    slice("NcursesScreen", "Vocabulary", "Terminal", "CNcurses", "CLinux"),
    slice("Host", "Vocabulary", "CLinux", "Threads", locks),
    slice("Transfer", "Vocabulary", "CCurl", "Threads", locks),
    slice("Assistant", "Vocabulary", "JSON", "Transfer"),
    slice("Learning", "Vocabulary", "JSON", "Digests"),
    slice("Storage", "Vocabulary", "CSQLite", "Digests", "Threads", locks),
    slice("DeskAPI", "Vocabulary", "JSON", "Bus"),
    slice("Console", "Vocabulary", "Terminal", "DeskAPI", "JSON"),
    slice("HostAgent", "Vocabulary", "DeskAPI", "Host", "Digests", "Threads", "CLinux"),
]

let slices = [
    slice("Conversations", "Vocabulary", "JSON", "DeskAPI", "Storage", "Bus", "Digests", "Assistant", "YAML", locks),
    slice("Monitoring", "Vocabulary", "JSON", "DeskAPI", "Storage", "Bus", "Host", "YAML", locks),
    slice(
        "Models", "Vocabulary", "JSON", "DeskAPI", "Storage", "Bus", "Digests", "Learning", "Threads", locks),
    slice("Security", "Vocabulary", "JSON", "DeskAPI", "Storage", "Bus", "Digests", locks),
    slice(
        "Desk", "Vocabulary", "JSON", "DeskAPI", "Storage", "Bus", "Assistant", "Transfer", "Host", "Threads",
        "Conversations", "Monitoring", "Models", "Learning", "Security", "Digests", "YAML", "CLinux", locks),
]

let heavy = [
    Target.target(
        name: "Gateway",
        dependencies: ["Vocabulary", "JSON", "DeskAPI", "Desk", "Digests", "Bus", locks] + nio,
        swiftSettings: strict),
    Target.target(
        name: "RemoteDesk",
        dependencies: ["Vocabulary", "JSON", "DeskAPI", "Transfer", locks] + nio,
        swiftSettings: strict),
    Target.executableTarget(
        name: "watchdesk",
        dependencies: [
            "Vocabulary", "JSON", "Threads", "Bus", "YAML", "Settings", "Terminal", "NcursesScreen", "Host", "Transfer",
            "Assistant",
            "Storage", "DeskAPI", "Digests", "Console", "Conversations", "Monitoring", "Models", "HostAgent", "Desk",
            "Gateway",
            "RemoteDesk",
            "CLinux",
            locks,
            argumentParser,
        ],
        swiftSettings: strict),
]

let lightTests = [
    // Expected screens as text files, for every target that draws.
    Target.target(
        name: "GoldenFrames",
        dependencies: ["Terminal"],
        path: "Tests/GoldenFrames",
        swiftSettings: [.treatAllWarnings(as: .error)]),
    tests("Architecture"),
    tests("Vocabulary", "Vocabulary"),
    tests("JSON", "JSON", "Vocabulary"),
    tests("Bus", "Bus", "Vocabulary"),
    tests("Threads", "Threads"),
    tests("YAML", "YAML", "Vocabulary"),
    tests("Terminal", "Terminal", "Vocabulary", "GoldenFrames", fixtures: true),
    tests("Settings", "Settings", "Terminal", "YAML", "Vocabulary"),
    tests("NcursesScreen", "NcursesScreen", "Terminal", "Vocabulary", "CLinux"),
    tests("Host", "Host", "Vocabulary", fixtures: true),
    tests("Transfer", "Transfer", "Vocabulary"),
    tests("Assistant", "Assistant", "Transfer", "JSON", "Vocabulary"),
    tests("Learning", "Learning", "Digests", "Vocabulary"),
    tests("Storage", "Storage", "Digests", "Vocabulary"),
    tests("DeskAPI", "DeskAPI", "Bus", "JSON", "Vocabulary"),
    tests("Console", "Console", "Terminal", "DeskAPI", "JSON", "Vocabulary", "GoldenFrames", fixtures: true),
    tests("HostAgent", "HostAgent", "DeskAPI", "Vocabulary", locks),
    tests("Conversations", "Conversations", "Assistant", "DeskAPI", "Storage", "Bus", "Vocabulary", "YAML"),
    tests("Monitoring", "Monitoring", "DeskAPI", "Storage", "Bus", "Host", "YAML", "Vocabulary"),
    tests("Models", "Models", "Learning", "DeskAPI", "Storage", "Bus", "Vocabulary"),
    tests("Security", "Security", "DeskAPI", "Storage", "Bus", "Vocabulary"),
    tests(
        "Desk", "Desk", "Assistant", "DeskAPI", "Bus", "JSON", "Vocabulary", "Monitoring", "Storage", "Transfer", locks),
]

let heavyTests = [
    tests(
        "Gateway", "Gateway", "Desk", "DeskAPI", "RemoteDesk", "Transfer", "Bus", "JSON", "Vocabulary", locks, nio[0],
        nio[1], nio[2], nio[3]),
    tests("Program", "watchdesk", "Storage", "Threads", "JSON", "Vocabulary", "CLinux", locks),
]

let package = Package(
    name: "watchdesk",
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [doors, light, slices, lightTests].flatMap { $0 } + (isLight ? [] : heavy + heavyTests),
    swiftLanguageModes: [.v6])
