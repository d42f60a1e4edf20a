internal import CYAML

/// The stream of libyaml's events over one text; the only file that touches the library.
@safe final class YAMLEvents {
    /// One step through the text.
    struct Event {
        var kind: Kind
        var position: YAMLPosition
        var isAnchored = false
        var isTagged = false
    }

    /// What the step is.
    enum Kind {
        case end
        case document
        case scalar(YAMLScalar)
        case sequence
        case mapping
        case close
        case alias(String)
        case fault(String)
        case unreadable(String, offset: Int)
    }

    private let handle: OpaquePointer

    /// Starts at the beginning of `bytes`; `nil` when memory is short.
    init?(_ bytes: [UInt8]) {
        let opened = unsafe bytes.withUnsafeBufferPointer { unsafe wd_yaml_open($0.baseAddress, $0.count) }
        guard let opened = unsafe opened else { return nil }
        unsafe handle = opened
    }

    deinit {
        unsafe wd_yaml_close(handle)
    }

    /// The next event; must not be called again after `.end`, `.fault` and `.unreadable`.
    func next() -> Event {
        var raw = unsafe wd_yaml_event()
        unsafe wd_yaml_next(handle, &raw)
        return unsafe Event(
            kind: YAMLEvents.kind(of: raw),
            position: YAMLPosition(line: Int(clamping: raw.line) + 1, column: Int(clamping: raw.column) + 1),
            isAnchored: raw.has_anchor != 0,
            isTagged: raw.has_tag != 0)
    }

    private static func kind(of raw: wd_yaml_event) -> Kind {
        switch unsafe wd_yaml_kind(UInt32(bitPattern: raw.kind)) {
        case WD_YAML_END: .end
        case WD_YAML_DOCUMENT: .document
        case WD_YAML_SCALAR: unsafe .scalar(YAMLScalar(text(of: raw), isPlain: raw.is_plain != 0))
        case WD_YAML_SEQUENCE: .sequence
        case WD_YAML_MAPPING: .mapping
        case WD_YAML_CLOSE: .close
        case WD_YAML_ALIAS: unsafe .alias(text(of: raw))
        case WD_YAML_UNREADABLE: unsafe .unreadable(text(of: raw), offset: Int(clamping: raw.offset))
        default: unsafe .fault(explanation(of: raw))
        }
    }

    private static func text(of raw: wd_yaml_event) -> String {
        let bytes = unsafe UnsafeRawBufferPointer(start: raw.text, count: raw.count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    private static func explanation(of raw: wd_yaml_event) -> String {
        let problem = unsafe text(of: raw)
        guard let context = unsafe raw.context else { return problem }
        let line = unsafe Int(clamping: raw.context_line) + 1
        return unsafe "\(problem) (\(String(cString: context)) from line \(line))"
    }
}
