internal import ArgumentParser
internal import DeskAPI
internal import Vocabulary

extension CustomersVerb {
    /// Changes what is known of a customer.
    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change a customer's name and attributes.",
            discussion: """
                An attribute without a value is taken away; what is not named stays.

                EXAMPLE:
                  watchdesk customers set 7 --name "Crystal M." --attribute plan=gold --attribute old-plan=
                """)

        @Argument(help: "The customer's number.")
        var customer: Int64
        @Option(help: "Their name.")
        var name: String?
        @Option(name: .customLong("attribute"), help: ArgumentHelp("An attribute.", valueName: "name=value"))
        var attributes: [String] = []
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func validate() throws {
            for attribute in attributes where !attribute.contains("=") {
                throw ValidationError("--attribute is \(attribute), but must be name=value")
            }
        }

        func run() throws {
            var request = UpdateCustomer(ID(customer))
            request.name = name
            request.attributes = attributes.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return CustomerAttribute(String(parts[0]), String(parts[1]))
            }
            let change = request
            let profile = try DeskAccess.use(common) { client in
                try await client.call(Operations.updateCustomer, change)
            }
            guard !list.json else { return Output.write(profile.json + "\n") }
            let known = profile.attributes.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
            let words = "Customer \(profile.customer): \(profile.name)\(known.isEmpty ? "" : "; \(known)")"
            Output.write(SafeText(untrusted: words).oneLine.text + "\n")
        }
    }

    /// Lets one customer go into another.
    struct Merge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let one customer go into another, with every conversation; it cannot be taken back.",
            discussion: "EXAMPLE:\n  watchdesk customers merge 8 --into 7 --yes")

        @Argument(help: "The customer who goes into the other.")
        var customer: Int64
        @Option(help: "The customer who stays.")
        var into: Int64
        @Flag(help: "Do it; without this nothing happens.")
        var yes = false
        @OptionGroup var list: ListOptions
        @OptionGroup var common: CommonOptions

        func run() throws {
            let request = MergeCustomers(ID(customer), into: ID(into))
            guard yes else {
                let (gone, kept) = try DeskAccess.use(common) { client in
                    (
                        try await client.call(Operations.showCustomer, CustomerReference(request.from)),
                        try await client.call(Operations.showCustomer, CustomerReference(request.customer))
                    )
                }
                let words =
                    "this moves \(gone.conversations.count) conversations of \(gone.name) (\(customer)) to "
                    + "\(kept.name) (\(into)) for good; add --yes to do it"
                throw Failure(words, status: 2)
            }
            let profile = try DeskAccess.use(common) { client in
                try await client.call(Operations.mergeCustomers, request)
            }
            Output.write(
                list.json
                    ? profile.json + "\n"
                    : "Customer \(customer) is customer \(into) now, with \(profile.conversations.count) conversations.\n"
            )
        }
    }
}
