extension TimeZoneRules {
    /// The zone of a name: `UTC`, a fixed offset such as `+02:00`, or a name such as `Europe/Berlin`.
    ///
    /// - Parameter file: The TZif file of a zone's name; `nil` when there is none.
    public init?(named name: String, file: (String) -> [UInt8]?) {
        if name == "UTC" || name == "Z" {
            self = .utc
            return
        }
        if name.hasPrefix("+") || name.hasPrefix("-") {
            let parts = name.dropFirst().split(separator: ":").map { Int($0) }
            guard parts.count == 2, let hours = parts[0], let minutes = parts[1], (0...14).contains(hours),
                (0...59).contains(minutes)
            else { return nil }
            let seconds = hours * 3600 + minutes * 60
            self.init(fixed: name.hasPrefix("-") ? -seconds : seconds)
            return
        }
        // The name becomes part of a path.
        let isPlain = name.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || "_+-/".utf8.contains($0)
        }
        guard isPlain, !name.hasPrefix("/"), name.count <= 64, let bytes = file(name) else { return nil }
        self.init(file: bytes)
    }

    /// What the zone's clocks show at a moment, as seconds since 1970 without an offset.
    public func local(_ moment: Timestamp) -> Int64 {
        let seconds = floorDivide(moment.milliseconds, 1000)
        return seconds + Int64(offset(at: seconds))
    }

    /// The moment at which the zone's clocks show a local time: the offset counts that holds there, not the one of now.
    public func moment(local: Int64) -> Timestamp {
        var guess = local - Int64(offset(at: local))
        guess = local - Int64(offset(at: guess))
        return Timestamp(milliseconds: guess * 1000)
    }
}

/// The quotient rounded towards the past.
public func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
    let quotient = number / divisor
    return number % divisor < 0 ? quotient - 1 : quotient
}
