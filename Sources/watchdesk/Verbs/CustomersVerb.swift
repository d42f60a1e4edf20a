internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

/// `watchdesk customers`: who asks.
struct CustomersVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Show, change, merge, block and delete customers.",
        discussion: "EXAMPLE:\n  watchdesk customers show 7",
        subcommands: [Show.self, Change.self, Merge.self, Block.self, Delete.self])

    /// Shows a customer.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a customer with their conversations.", discussion: "EXAMPLE:\n  watchdesk customers show 7")

        @Argument(help: "The customer's number.")
        var customer: Int64
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = CustomerReference(ID(customer))
            let profile = try DeskAccess.use(common) { client in
                try await client.call(Operations.showCustomer, request)
            }
            guard !list.json else { return Output.write(profile.json + "\n") }
            let name = SafeText(untrusted: profile.name, limit: 200).oneLine.text
            let blocked = profile.blocked ? ", blocked" : ""
            Output.write(
                "Customer \(profile.customer): \(name.isEmpty ? "without a name" : name), since \(profile.createdAt.rfc3339)\(blocked)\n"
            )
            for attribute in profile.attributes {
                Output.write("  \(attribute.name): \(SafeText(untrusted: attribute.value).oneLine.text)\n")
            }
            Listing(
                items: profile.conversations,
                columns: [
                    .init("ID") { "\($0.id)" }, .init("STATUS") { $0.status.rawValue },
                    .init("RATING") { $0.ratingText ?? "-" },
                    .init("TAGS") { $0.tags.joined(separator: ", ") }, .init("UPDATED") { $0.updatedAt.rfc3339 },
                    .init("SUBJECT") { $0.subject },
                ], empty: "No conversations."
            ).print(asJSON: false)
        }
    }

    /// Blocks a customer.
    struct Block: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a customer write no more, or again.",
            discussion: "EXAMPLE:\n  watchdesk customers block 7\n  watchdesk customers block 7 --undo")

        @Argument(help: "The customer's number.")
        var customer: Int64
        @Flag(help: "Let them write again.")
        var undo = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = BlockCustomer(ID(customer), blocked: !undo)
            let profile = try DeskAccess.use(common) { client in
                try await client.call(Operations.blockCustomer, request)
            }
            Output.write(
                list.json
                    ? profile.json + "\n"
                    : "Customer \(customer) \(profile.blocked ? "may write no more" : "may write")\n")
        }
    }

    /// Deletes everything of a customer.
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete everything of a customer, and print the receipt.",
            discussion: """
                Conversations, messages, drafts and the words in the search index go in one commit, and cannot be
                brought back. Copies from before (backups, and the copy that an upgrade leaves beside the file) still
                hold them: delete those too, or wait until they are gone.

                EXAMPLE:
                  watchdesk customers delete 7 --yes
                """)

        @Argument(help: "The customer's number.")
        var customer: Int64
        @Flag(help: "Do it; without this nothing is deleted.")
        var yes = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = CustomerReference(ID(customer))
            guard yes else {
                let profile = try DeskAccess.use(common) { client in
                    try await client.call(Operations.showCustomer, request)
                }
                throw Failure(
                    "this deletes \(profile.conversations.count) conversations for good; add --yes to do it", status: 2)
            }
            let receipt = try DeskAccess.use(common) { client in
                try await client.call(Operations.deleteCustomer, request)
            }
            guard !list.json else { return Output.write(receipt.json + "\n") }
            Output.write(
                "Deleted customer \(receipt.customer) at \(receipt.at.rfc3339): \(receipt.conversations) conversations, "
                    + "\(receipt.messages) messages; \(receipt.left) rows are left. Audit entry \(receipt.audit).\n")
        }
    }
}
