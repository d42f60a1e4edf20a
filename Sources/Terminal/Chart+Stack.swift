extension Chart {
    /// How a layer is filled, so that several differ without colour: dots of a cell that stay empty are not in it.
    static let textures: [UInt8] = [0xFF, 0xD2, 0x47, 0x95, 0xC9]

    /// Fills layers, each from the top of the one before.
    ///
    /// The sums are spread over the dots, not the layers: so the top is the highest sum of the samples behind a dot.
    func stack(
        _ layers: [(offset: Int, element: Series)], _ resampling: Resampling, in dots: inout Braille
    ) {
        guard !layers.isEmpty else { return }
        var floor = [Int](repeating: 0, count: dots.dotColumns)
        for (place, sums) in Chart.sums(layers.map(\.element.samples)).enumerated() {
            var ranges = [Range<Int>?](repeating: nil, count: dots.dotColumns)
            for (x, value) in resampling.values(sums).enumerated() {
                guard let value else { continue }
                let reached = Int((share(of: value) * Double(dots.dotRows)).rounded())
                // A measured zero keeps its lowest dot, in the first layer.
                let top = max(floor[x], place == 0 ? max(1, reached) : reached)
                ranges[x] = floor[x]..<top
                floor[x] = top
                if isAboveScale(value) { dots.cut(x) }
            }
            let (index, series) = layers[place]
            dots.add(layer: ranges, role: role(of: series, at: index), texture: Chart.texture(place))
        }
    }

    static func texture(_ place: Int) -> UInt8 { textures[place % textures.count] }

    /// Each layer with all below it; a gap where one of them is missing.
    ///
    /// All end at the same moment.
    static func sums(_ layers: [[Double?]]) -> [[Double?]] {
        let count = layers.map(\.count).min() ?? 0
        var isKnown = [Bool](repeating: true, count: count)
        for layer in layers {
            for (index, value) in layer.suffix(count).enumerated() where value?.isFinite != true {
                isKnown[index] = false
            }
        }
        var sum = [Double](repeating: 0, count: count)
        return layers.map { layer in
            for (index, value) in layer.suffix(count).enumerated() { sum[index] += max(0, value ?? 0) }
            return sum.indices.map { isKnown[$0] ? sum[$0] : nil }
        }
    }
}
