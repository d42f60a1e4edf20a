internal import DeskAPI

/// Finds the operation of an address: a tree of path segments, made once.
struct RouteTable: Sendable {
    /// An operation and the fields that stand in its address, in order.
    struct Leaf: Sendable {
        let endpoint: Endpoint
        let fields: [String]
    }

    /// What stands at an address.
    enum Match: Sendable {
        /// An operation, with the still escaped texts of the fields in its address.
        case operation(Leaf, [Substring])
        /// The methods that the address has, for `Allow`.
        case otherMethods(String)
        /// No such address.
        case nothing
    }

    private struct Node: Sendable {
        var literals: [(text: String, node: Int)] = []
        var field: Int?
        var leaves: [(method: Method, leaf: Leaf)] = []
        var allow = ""
    }

    private var nodes = [Node()]

    /// A table of the endpoints; the order does not matter.
    init(_ endpoints: [Endpoint]) {
        for endpoint in endpoints { add(endpoint) }
        for index in nodes.indices where !nodes[index].leaves.isEmpty {
            nodes[index].allow = RouteTable.allow(nodes[index].leaves.map(\.method))
        }
    }

    /// The methods of an address as `Allow` lists them.
    private static func allow(_ methods: [Method]) -> String {
        var names = methods.map(\.rawValue)
        if methods.contains(.get) { names.append("HEAD") }
        return (names + ["OPTIONS"]).sorted().joined(separator: ", ")
    }

    private mutating func add(_ endpoint: Endpoint) {
        var index = 0
        for segment in endpoint.route.path.split(separator: "/") {
            index = child(of: index, for: segment)
        }
        nodes[index].leaves.append(
            (endpoint.route.method, Leaf(endpoint: endpoint, fields: endpoint.route.pathFields)))
    }

    private mutating func child(of index: Int, for segment: Substring) -> Int {
        let isField = segment.hasPrefix("{")
        let known = isField ? nodes[index].field : nodes[index].literals.first { $0.text == segment }?.node
        if let known { return known }
        nodes.append(Node())
        let made = nodes.count - 1
        if isField { nodes[index].field = made } else { nodes[index].literals.append((String(segment), made)) }
        return made
    }

    /// What stands at a path, for a method; `HEAD` is served by `GET`.
    func match(_ method: String, _ path: Substring) -> Match {
        var index = 0
        var values: [Substring] = []
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            if let next = nodes[index].literals.first(where: { $0.text == segment })?.node {
                index = next
            } else if let next = nodes[index].field, !segment.isEmpty {
                index = next
                values.append(segment)
            } else {
                return .nothing
            }
        }
        guard !nodes[index].leaves.isEmpty else { return .nothing }
        let wanted = method == "HEAD" ? "GET" : method
        guard let leaf = nodes[index].leaves.first(where: { $0.method.rawValue == wanted })?.leaf else {
            return .otherMethods(nodes[index].allow)
        }
        return .operation(leaf, values)
    }
}
