import Foundation
import Settings
import Terminal
import Testing

/// Colours that mean different things must differ to every eye that a theme is made for.
///
/// How a colour looks to a dichromat is simulated by Machado, Oliveira and Fernandes (2009), severity 1.0, in linear
/// light; how far two colours are apart is their distance in Oklab (Ottosson, 2020), where black to white is 1.
@Suite struct ColourVisionTests {
    enum Eye: CaseIterable {
        case usual
        case protan
        case deutan
        case tritan

        var matrix: [[Double]] {
            switch self {
            case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .protan:
                [
                    [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
                ]
            case .deutan:
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            case .tritan:
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }

    @Test(arguments: [
        ("deuteranopia", Eye.deutan), ("deuteranopia", .protan), ("tritanopia", .tritan), ("deuteranopia", .usual),
        ("tritanopia", .usual),
    ])
    func `severities and lines stay apart for the eyes that a theme is made for`(name: String, eye: Eye) throws {
        try expectApart([.ok, .warning, .critical, .info], 0.1, in: name, to: eye)
        try expectApart(Self.series, 0.09, in: name, to: eye)
    }

    @Test(arguments: Repository.colouredNames)
    func `severities and lines stay apart for most eyes in every theme`(name: String) throws {
        try expectApart([.ok, .warning, .critical, .info], 0.08, in: name, to: .usual)
        try expectApart(Self.series, 0.06, in: name, to: .usual)
    }

    @Test func `red and green come together for a deuteranope, and blue and yellow do not`() throws {
        let (red, green) = (try #require(Colour(hex: "c06a40")), try #require(Colour(hex: "7f8a2a")))
        #expect(distance(red, green, .deutan) < distance(red, green, .usual) / 2)
        let (blue, yellow) = (try #require(Colour(hex: "3060ff")), try #require(Colour(hex: "ffe040")))
        #expect(distance(blue, yellow, .deutan) > 0.3)
    }

    private static let series = (0..<6).map(Role.series)

    private func expectApart(_ roles: [Role], _ least: Double, in name: String, to eye: Eye) throws {
        let theme = try ThemeFile.load("\(Repository.themes)/\(name).yaml")
        for (place, role) in roles.enumerated() {
            for other in roles[(place + 1)...] {
                let (left, right) = (try #require(theme[role].foreground), try #require(theme[other].foreground))
                let full = distance(left, right, eye)
                let few = distance(left.reduced, right.reduced, eye)
                #expect(full >= least, "\(name): \(role.name) and \(other.name) are \(full) apart to \(eye)")
                #expect(few >= least * 0.75, "\(name): \(role.name) and \(other.name): \(few) to \(eye) in 256 colours")
            }
        }
    }

    private func distance(_ left: Colour, _ right: Colour, _ eye: Eye) -> Double {
        zip(oklab(left, eye), oklab(right, eye)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
    }

    private func oklab(_ colour: Colour, _ eye: Eye) -> [Double] {
        let linear = [colour.red, colour.green, colour.blue].map { part in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        let seen = apply(eye.matrix, linear).map { min(max($0, 0), 1) }
        let cones = apply(
            [
                [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ], seen
        ).map { cbrt($0) }
        return apply(
            [
                [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                [0.0259040371, 0.7827717662, -0.8086757660],
            ], cones)
    }

    private func apply(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
        matrix.map { row in zip(row, vector).map(*).reduce(0, +) }
    }
}
