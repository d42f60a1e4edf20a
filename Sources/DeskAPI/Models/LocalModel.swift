/// A language model that a server on the gateway's machine offers, ready to be registered.
public struct LocalModel: Record {
    /// What runs there: Ollama, llama.cpp, LM Studio or vLLM.
    public var server = ""
    /// The endpoint's name, to be given when the model is registered.
    public var route = ""
    /// The server's address.
    public var url = ""
    /// The model, as the server names it.
    public var model = ""

    /// A blank model.
    public init() {}

    /// A model of a server.
    public init(_ model: String, server: String, route: String, url: String) {
        (self.model, self.server, self.route, self.url) = (model, server, route, url)
    }

    /// `LocalModel`.
    public static let recordName = "LocalModel"
    /// For the API reference.
    public static let summary = "A language model that a server on the gateway's machine offers."
    /// A model of Ollama.
    public static var example: LocalModel {
        LocalModel("qwen2.5:3b", server: "Ollama", route: "ollama", url: "http://127.0.0.1:11434/v1")
    }

    /// Declares the fields.
    public mutating func visit<Visitor: FieldVisitor>(_ visitor: inout Visitor) {
        visitor.field("server", &server, "What runs there.")
        visitor.field("route", &route, "The endpoint's name, for the registration.")
        visitor.field("url", &url, "The server's address.")
        visitor.field("model", &model, "The model, as the server names it.")
    }
}
