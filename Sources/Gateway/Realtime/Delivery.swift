internal import NIOCore

/// Who of a room's members is told.
enum Audience: Equatable, Sendable {
    /// Staff and the customer.
    case everybody
    /// Staff alone.
    case staff
    /// The customer alone.
    case customers
}

/// One pushed event on its way to the members of a room.
struct Delivery: Sendable {
    /// Its place among everything the hub published: who joined later has it already.
    let sequence: UInt64
    /// To whom.
    let room: Room
    /// The whole frame, shared by every member.
    let frame: ByteBuffer
    /// The offset in the room; `nil` for what is not kept.
    let offset: Int64?
    /// How it fares when a member is slow.
    let urgency: Outbox.Urgency
    /// Who of the room's members it is for.
    let audience: Audience
    /// Whose own act it is: they are not told.
    let exceptActor: String?
}
