extension StarterKnowledge {
    static let knowledgeBase = Document(
        path: "knowledge-base.md",
        markdown: #"""
            # The knowledge base

            ## Import your own articles
            <!-- keywords: add upload load knowledge base markdown documents faq help content own company import kb folder -->
            `watchdesk kb import FOLDER` reads all Markdown files of a folder, subfolders included.
            An article that was imported before under the same path is replaced.
            New articles are used for the next question, without a restart.

            ## How to write an article that is found
            <!-- keywords: write structure heading tips good article better answers improve quality format -->
            Begin with a title, `# Returns`, and give each answer a heading of its own, `## How long can I return an item`.
            Short sections with one answer each are found and quoted best.
            Words that customers use but the text does not can stand in a comment: `<!-- keywords: refund, money back -->`.

            ## See the articles
            <!-- keywords: list show which articles knowledge base kb content starter replace -->
            `watchdesk kb list` shows all articles with the number of their passages.
            The articles about Watchdesk itself are put into an empty knowledge base at the first start.
            An article imported under the same path takes the place of one of them.

            ## Why the assistant does not know an answer
            <!-- keywords: unknown i don't know wrong answer missing no answer bad not found confidence -->
            The assistant answers only when a passage covers most of what was asked.
            Otherwise it says that it does not know and offers a person, because a wrong answer costs more than none.
            Add an article, or put the customer's words into the heading of one.

            """#)
}
