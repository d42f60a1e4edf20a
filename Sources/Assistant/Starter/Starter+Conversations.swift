extension StarterKnowledge {
    static let conversations = Document(
        path: "conversations.md",
        markdown: #"""
            # Conversations: take over and hand back

            ## Take over a conversation from the assistant
            <!-- keywords: takeover claim grab bot chat assign own human answer myself intervene agent -->
            Open the Conversations pane with `4`, select the conversation and press `t`.
            From that moment it is yours: the assistant stops at once, even in the middle of an answer, and everybody sees who has it.
            If a colleague was faster, you are told who it is.

            ## Reply to a customer
            <!-- keywords: write answer message send respond type note internal colleague private -->
            Press `i` or Enter on the conversation, type your reply and press Enter; the customer reads it at once.
            Your first reply takes the conversation over if the assistant still had it.
            `n` writes an internal note, for colleagues only and never shown to the customer.

            ## Hand a conversation back to the assistant
            <!-- keywords: return give back release handback bot automatic resume -->
            Press `b` in a conversation that is yours.
            The assistant answers the customer's next messages again, and the transcript records the moment.

            ## Resolve a conversation or leave it to a colleague
            <!-- keywords: close done finish end solved complete resolve queue transfer colleague another -->
            Press `e` to mark a conversation as done.
            Press `u` to give it back to the queue, for another person to take.

            ## When a customer waits for a person
            <!-- keywords: queue waiting handoff escalate human request need help wants talk live support -->
            A conversation waits in the queue when the customer asks for a person, or says yes after the assistant did not know an answer.
            Waiting conversations stand first in the list, the longest wait on top, with the reason.
            The status line shows how many wait.

            ## How long a message is kept and in which order
            <!-- keywords: lost message order history transcript saved stored durable crash duplicate sent twice -->
            A message is written to disk before it is acknowledged to its sender, so it survives a crash or a power cut.
            Messages of one conversation have numbers without gaps, and everybody sees them in the same order.
            A message sent twice with the same key is stored once.

            """#)
}
