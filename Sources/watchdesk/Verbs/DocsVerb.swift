internal import ArgumentParser
internal import Console
internal import DeskAPI
internal import JSON

/// `watchdesk docs`: the generated references.
struct DocsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs", abstract: "Print a generated reference: openapi, markdown or keys.",
        discussion: "EXAMPLE:\n  watchdesk docs openapi > openapi.json")

    /// Which reference.
    enum Reference: String, ExpressibleByArgument, CaseIterable {
        /// The OpenAPI document.
        case openapi
        /// The API reference as Markdown.
        case markdown
        /// The console's keys as Markdown.
        case keys
    }

    @Argument(help: "openapi, markdown or keys.")
    var reference: Reference

    func run() throws {
        switch reference {
        case .openapi: Output.write(OpenAPI.document(version: Version.text).encoded + "\n")
        case .markdown: Output.write(MarkdownReference.page)
        case .keys: Output.write(Console.KeyReference.markdown)
        }
    }
}
