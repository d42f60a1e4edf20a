/// The bytes that kernel files are punctuated with.
enum ASCII {
    static let tab: UInt8 = 9
    static let newline: UInt8 = 10
    static let space: UInt8 = 32
    static let open: UInt8 = 40
    static let close: UInt8 = 41
    static let dash: UInt8 = 45
    static let dot: UInt8 = 46
    static let slash: UInt8 = 47
    static let zero: UInt8 = 48
    static let colon: UInt8 = 58
    static let backslash: UInt8 = 92
}
