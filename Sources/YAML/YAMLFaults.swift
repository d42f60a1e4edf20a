/// Collects what is wrong while one document is read.
final class YAMLFaults {
    private(set) var found: [YAMLFault] = []
    private var mappings: [YAMLMapping] = []

    /// Notes a fault.
    func add(_ fault: YAMLFault) {
        found.append(fault)
    }

    /// Remembers a mapping, so that at the end the names nobody asked for can be told.
    func watch(_ mapping: YAMLMapping) {
        mappings.append(mapping)
    }

    /// Notes a fault for each name that was in the text and that no reader asked for.
    func collectUnknownKeys() {
        found += mappings.flatMap { $0.unknownKeys() }
    }
}
