internal import Digests

extension TextClassifier {
    private static let mark = Array("WATCHDESKTEXTCLS".utf8)
    /// The first format ends with the weights; the second has the words behind them.
    private static let format: UInt32 = 2

    /// The classifier as it is stored: weights in half precision, with a checksum at the end.
    public var bytes: [UInt8] {
        var sink = ByteSink()
        for byte in TextClassifier.mark { sink.put(byte) }
        sink.put(words == nil ? 1 : TextClassifier.format)
        sink.put(labels.count)
        for label in labels { sink.put(label) }
        sink.put(threshold)
        sink.put(temperature)
        features.write(to: &sink)
        sink.putHalf(linear.weights, columns: labels.count)
        sink.putHalf(linear.bias, columns: labels.count)
        sink.putHalf(hidden.meanings, columns: HiddenModel.units)
        sink.putHalf(hidden.meaningBias, columns: HiddenModel.units)
        sink.putHalf(hidden.outputs, columns: labels.count)
        sink.putHalf(hidden.outputBias, columns: labels.count)
        words?.write(to: &sink)
        return sink.bytes + SHA256Digest(of: sink.bytes).bytes
    }

    /// Reads what ``bytes`` wrote.
    ///
    /// - Throws: ``LearningFailure/notAClassifier``, ``LearningFailure/newerVersion(_:)`` or
    ///   ``LearningFailure/damaged(_:)``.
    public init(reading bytes: [UInt8]) throws(LearningFailure) {
        guard bytes.starts(with: TextClassifier.mark), bytes.count > TextClassifier.mark.count + 4 else {
            throw .notAClassifier
        }
        let content = Array(bytes.dropLast(SHA256Digest.byteCount))
        let format = bytes[TextClassifier.mark.count..<(TextClassifier.mark.count + 4)].reversed()
            .reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard format <= TextClassifier.format else { throw .newerVersion(Int(format)) }
        guard SHA256Digest(of: content).bytes == Array(bytes.suffix(SHA256Digest.byteCount)) else {
            throw .damaged("its checksum is wrong")
        }
        var source = ByteSource(content, from: TextClassifier.mark.count + 4)
        do throws(ByteSource.Cut) { try self.init(content: &source, format) } catch {
            throw .damaged("its parts do not fit together")
        }
    }

    private init(content source: inout ByteSource, _ format: UInt32) throws(ByteSource.Cut) {
        var labels: [String] = []
        for _ in 0..<(try source.count(of: 5)) { labels.append(try source.text()) }
        self.labels = labels
        threshold = try source.double()
        temperature = try source.double()
        features = try FeatureWeights(reading: &source)
        guard labels.count >= 2, (0.01...100).contains(temperature) else { throw ByteSource.Cut() }
        var linear = LinearModel(rows: features.count, labels: labels.count)
        try source.half(&linear.weights, columns: labels.count)
        try source.half(&linear.bias, columns: labels.count)
        self.linear = linear
        var hidden = HiddenModel(rows: features.count, labels: labels.count, first: 0, second: 0)
        try source.half(&hidden.meanings, columns: HiddenModel.units)
        try source.half(&hidden.meaningBias, columns: HiddenModel.units)
        try source.half(&hidden.outputs, columns: labels.count)
        try source.half(&hidden.outputBias, columns: labels.count)
        self.hidden = hidden
        words = format > 1 ? try WordFilter(reading: &source) : nil
        guard source.isAtEnd else { throw ByteSource.Cut() }
    }

    /// The same with its weights rounded to what is stored, so that what was evaluated is what will be used.
    var rounded: TextClassifier {
        var (linear, hidden) = (linear, hidden)
        linear.weights.round()
        linear.bias.round()
        hidden.meanings.round()
        hidden.meaningBias.round()
        hidden.outputs.round()
        hidden.outputBias.round()
        return TextClassifier(
            labels: labels, threshold: threshold, temperature: temperature, features: features, linear: linear,
            hidden: hidden, words: words)
    }
}

extension BlockTable {
    /// Rounds every number to half precision.
    fileprivate mutating func round() {
        for place in blocks.indices {
            for lane in 0..<16 { blocks[place][lane] = Float(Float16(blocks[place][lane])) }
        }
    }
}

extension FeatureWeights {
    func write(to sink: inout ByteSink) {
        sink.put(spec.words)
        sink.put(spec.reach)
        sink.put(spec.characters.lowerBound)
        sink.put(spec.characters.upperBound)
        sink.put(spec.bits)
        sink.put(spec.leastTexts)
        sink.put(buckets)
        sink.put(rarity)
    }

    init(reading source: inout ByteSource) throws(ByteSource.Cut) {
        var spec = FeatureSpec()
        spec.words = Int(try source.number(UInt32.self))
        spec.reach = Int(try source.number(UInt32.self))
        let (low, high) = (Int(try source.number(UInt32.self)), Int(try source.number(UInt32.self)))
        guard low <= high else { throw ByteSource.Cut() }
        spec.characters = low..<high
        spec.bits = Int(try source.number(UInt32.self))
        spec.leastTexts = Int(try source.number(UInt32.self))
        let buckets = try source.numbers()
        let rarity = try source.numbers().map { Float(bitPattern: $0) }
        guard rarity.allSatisfy(\.isFinite), let features = FeatureWeights(spec, buckets: buckets, rarity: rarity)
        else {
            throw ByteSource.Cut()
        }
        self = features
    }
}
