internal import NIOCore

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
    /// Whether customers must not see it.
    let isForStaff: Bool
    /// Whose own act it is: they are not told.
    let exceptActor: String?
}
