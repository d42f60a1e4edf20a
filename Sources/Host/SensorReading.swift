/// What the thermometers and clocks of the hardware say.
struct SensorReading: Equatable, Sendable {
    struct Thermometer: Equatable, Sendable {
        /// Chip and place, such as `coretemp Package id 0`; no two are the same.
        var label: String
        /// Degrees Celsius; `nil` when it cannot be read now, or its device sleeps and would wake for it.
        let celsius: Double?
    }

    var thermometers: [Thermometer] = []
    /// The mean over the processors, in hertz.
    var frequency: Double?

    /// The hottest of all.
    var hottest: Double? { thermometers.compactMap(\.celsius).max() }

    /// A thermometer of an open contact shows what no chip survives.
    private static let plausible = -60.0...200.0

    /// Degrees from the kernel's thousandths; `nil` for what cannot be.
    static func celsius(thousandths: Int?) -> Double? {
        guard let thousandths else { return nil }
        let degrees = Double(thousandths) / 1000
        return plausible.contains(degrees) ? degrees : nil
    }
}
