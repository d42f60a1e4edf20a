extension Theme {
    /// The built-in theme: quiet greys on the terminal's own dark background.
    public static let dark = Theme(name: "dark", styles: darkStyles)

    static let darkStyles: [Role: Style] = [
        .text: ink(0xD2D6DE),
        .dim: ink(0xA2A8B2),
        .strong: ink(0xF4F6FA, .bold),
        .title: ink(0xB4BCCA),
        .frame: ink(0x4A5262),
        .frameFocus: ink(0x5FAFEF),
        .accent: ink(0x5FAFEF),
        .selection: Style(background: Colour(0x12185C)),
        .selectionDim: Style(background: Colour(0x262A32)),
        .ok: ink(0x7FC98B),
        .info: ink(0x6FB1E8),
        .warning: ink(0xE8C35A),
        .critical: ink(0xFF6B63, .bold),
        .pending: ink(0xB7A26E),
        .acked: ink(0x8FAFC4),
        .muted: ink(0x989EA8),
        .link: ink(0x6FB1E8, .underline),
        .customer: ink(0xE2B88E),
        .assistant: ink(0x8FB6EA),
        .agent: ink(0xA4D39C),
        .note: ink(0xD8C47C),
        .system: ink(0x9AA0AC, .italic),
        .series1: ink(0x5FAFEF),
        .series2: ink(0xE8A95A),
        .series3: ink(0x7FC98B),
        .series4: ink(0xC792EA),
        .series5: ink(0x56CFC4),
        .series6: ink(0xF08CA8),
        .chartLow: ink(0x2F78B0),
        .chartMid: ink(0x4FB8AC),
        .chartHigh: ink(0xF0B865),
        .threshold: ink(0xB5655A),
        .marker: ink(0xCF92E2),
        .searchHit: Style(foreground: Colour(0x14161A), background: Colour(0xE8C35A)),
        .inputText: ink(0xECEEF2),
        .inputHint: ink(0x989EA8),
        .past: ink(0xB294D8),
    ]

    private static func ink(_ colour: UInt32, _ attributes: Attributes = []) -> Style {
        Style(foreground: Colour(colour), attributes: attributes)
    }
}
