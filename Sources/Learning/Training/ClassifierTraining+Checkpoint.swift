internal import Digests

extension ClassifierTraining {
    private static let mark = Array("WATCHDESKTRAIN01".utf8)

    /// Where the training stands; to be taken at the end of a pass.
    public func checkpoint() -> [UInt8] {
        var sink = ByteSink()
        for byte in ClassifierTraining.mark { sink.put(byte) }
        sink.put(spec.signature)
        sink.put(passes.count)
        for pass in passes {
            sink.put(pass.loss)
            sink.put(pass.validationLoss)
            sink.put(pass.validationAccuracy)
            sink.put(UInt8(pass.isOverAll ? 1 : 0))
        }
        sink.put(temperature)
        sink.put(threshold)
        for table in tables { sink.putWhole(table) }
        return sink.bytes + SHA256Digest(of: sink.bytes).bytes
    }

    /// Goes on from a checkpoint of the same spec on the same data; `false` leaves everything as it was.
    public mutating func resume(from bytes: [UInt8]) -> Bool {
        let content = Array(bytes.dropLast(SHA256Digest.byteCount))
        guard bytes.starts(with: ClassifierTraining.mark),
            SHA256Digest(of: content).bytes == Array(bytes.suffix(SHA256Digest.byteCount))
        else { return false }
        var copy = self
        var source = ByteSource(content, from: ClassifierTraining.mark.count)
        do throws(ByteSource.Cut) { try copy.read(&source) } catch { return false }
        self = copy
        return true
    }

    private mutating func read(_ source: inout ByteSource) throws(ByteSource.Cut) {
        guard try source.text() == spec.signature else { throw ByteSource.Cut() }
        passes = []
        for number in 0..<(try source.count(of: 25)) {
            var pass = TrainingPass()
            pass.number = number + 1
            pass.loss = try source.double()
            pass.validationLoss = try source.double()
            pass.validationAccuracy = try source.double()
            pass.isOverAll = try source.number(UInt8.self) == 1
            passes.append(pass)
        }
        temperature = try source.double()
        threshold = try source.double()
        try source.whole(&linear.model.weights)
        try source.whole(&linear.model.bias)
        try source.whole(&linear.squares.weights)
        try source.whole(&linear.squares.bias)
        for path in HiddenModel.tables {
            try source.whole(&hidden.model[keyPath: path])
            try source.whole(&hidden.squares[keyPath: path])
        }
        guard source.isAtEnd else { throw ByteSource.Cut() }
    }

    private var tables: [BlockTable] {
        [linear.model.weights, linear.model.bias, linear.squares.weights, linear.squares.bias]
            + HiddenModel.tables.flatMap { [hidden.model[keyPath: $0], hidden.squares[keyPath: $0]] }
    }
}

extension HiddenModel {
    /// Its layers, in the order they are stored.
    fileprivate static var tables: [WritableKeyPath<HiddenModel, BlockTable>] {
        [\.meanings, \.meaningBias, \.outputs, \.outputBias]
    }
}
