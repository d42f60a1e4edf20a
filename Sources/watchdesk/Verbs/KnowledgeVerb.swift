internal import ArgumentParser
internal import DeskAPI
internal import Settings
internal import Vocabulary

/// `watchdesk kb`: what the assistant knows.
struct KnowledgeVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kb", abstract: "Import, list and search the articles of the knowledge base.",
        discussion: "EXAMPLE:\n  watchdesk kb import ./articles",
        subcommands: [Import.self, ListAll.self, Search.self],
        defaultSubcommand: ListAll.self)

    /// Imports a folder of Markdown files.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Import the Markdown files of a folder, replacing articles of the same path.",
            discussion: "EXAMPLE:\n  watchdesk kb import ./articles")

        @Argument(help: "A folder with .md files, or one such file.")
        var path: String

        @OptionGroup var common: CommonOptions

        func run() throws {
            let files = try MarkdownFolder.files(at: path)
            guard !files.isEmpty else { throw Failure("\(path) has no .md files") }
            let imported = try DeskAccess.use(common) { client in
                var passages: Int64 = 0
                for file in files {
                    do throws(Problem) {
                        passages += try await client.call(Operations.putArticle, file).passages
                    } catch {
                        throw Failure("\(file.path): \(error.detail)")
                    }
                }
                return passages
            }
            Output.write("Imported \(files.count) articles with \(imported) passages.\n")
        }
    }

    /// Looks for passages.
    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for the passages that fit a question, the best first.",
            discussion: "EXAMPLE:\n  watchdesk kb search \"how long can I return something\"")

        @Argument(help: "Words, or a question.")
        var query: String
        @Option(help: "At most so many, 1 to 50.")
        var limit: Int64 = 6
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = SearchKnowledge(query, limit: limit)
            let found = try DeskAccess.use(common) { client in
                try await client.call(Operations.searchKnowledge, request)
            }
            Listing(
                items: found.items,
                columns: [
                    .init("ARTICLE") { $0.path }, .init("SECTION") { $0.section }, .init("TEXT") { $0.text },
                ], empty: "No article says anything about it."
            ).print(asJSON: list.json)
        }
    }

    /// Lists articles.
    struct ListAll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the articles of the knowledge base.",
            discussion: "EXAMPLE:\n  watchdesk kb list --json")

        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let articles = try DeskAccess.use(common) { client in
                try await client.call(Operations.listArticles, Nothing())
            }
            Listing(
                items: articles.items,
                columns: [
                    .init("PATH") { $0.path }, .init("TITLE") { $0.title }, .init("PASSAGES") { "\($0.passages)" },
                    .init("UPDATED") { $0.updatedAt.rfc3339 },
                ], empty: "No articles. Import some: watchdesk kb import FOLDER"
            ).print(asJSON: list.json)
        }
    }
}
