public import Vocabulary

extension Chart {
    /// One course of values.
    public struct Series: Sendable {
        /// How the values are drawn.
        public enum Kind: Sendable {
            /// Filled down to the foot.
            case area
            /// Filled down to the layer before it: layers add up. Each has a texture of its own besides its colour.
            ///
            /// Where one of them is missing their sum is not known, so all have a gap.
            case layer
            /// A line; each of several is dashed in its own way.
            case line
        }

        /// From where the values are counted.
        public enum Side: Sendable {
            /// Up from the foot, or from the middle line when others hang down from it.
            case above
            /// Down from the middle line, on the same scale.
            case below
        }

        /// What the legend calls it.
        public var name: SafeText
        /// Oldest first; may be shorter than the chart's span, then the left stays empty.
        public var samples: [Double?]
        /// How it is drawn.
        public var kind: Kind
        /// Its meaning; `nil` gives areas the gradient and lines and layers the role of their place.
        public var role: Role?
        /// From where it is counted.
        public var side: Side

        /// A course of values, oldest first.
        public init(
            _ samples: [Double?], name: SafeText = "", kind: Kind = .area, role: Role? = nil, side: Side = .above
        ) {
            self.samples = samples
            self.name = name
            self.kind = kind
            self.role = role
            self.side = side
        }
    }

    /// A value at which something begins, drawn as a dotted line.
    public struct Threshold: Sendable {
        /// Where it lies on the scale.
        public var value: Double
        /// What happens there, shown where no data is in the way.
        public var label: SafeText

        /// A value and what happens there.
        public init(_ value: Double, label: SafeText = "") {
            self.value = value
            self.label = label
        }
    }

    /// How values are spread between the bottom and the top of the scale.
    public enum Scaling: Sendable {
        /// Evenly.
        case linear
        /// By their ratio, with a line for each power; the scale must begin above 0.
        ///
        /// What is not above the bottom, a measured zero among it, lies on the bottom line.
        case logarithmic
    }
}

extension Chart {
    /// The part of the height that a value reaches, 0 to 1.
    func share(of value: Double) -> Double {
        let (low, high) = (scale.lowerBound, scale.upperBound)
        guard high > low else { return 0 }
        switch scaling {
        case .linear: return min(max((value - low) / (high - low), 0), 1)
        case .logarithmic:
            guard low > 0, value > low else { return 0 }
            return min(Logarithm.base2(value / low) / Logarithm.base2(high / low), 1)
        }
    }

    /// The dots from the bottom that a value reaches, 1 to all of them.
    func height(_ value: Double, _ dotRows: Int) -> Int {
        max(1, Int((share(of: value) * Double(dotRows)).rounded()))
    }

    /// The meaning of a series; `.chartLow` stands for the gradient.
    func role(of series: Series, at index: Int) -> Role {
        series.role ?? (series.kind == .area ? .chartLow : .series(index))
    }
}
