extension StarterKnowledge {
    static let languageModel = Document(
        path: "language-model.md",
        markdown: #"""
            # Connect a language model

            ## Use a language model for answers
            <!-- keywords: connect llm gpt openai ollama llama.cpp vllm anthropic claude ai provider api url configure setup model endpoint -->
            Set `WATCHDESK_ASSISTANT_URL` to the address of the server and `WATCHDESK_ASSISTANT_MODEL` to the name of the model, then start Watchdesk.
            Any server with OpenAI-compatible chat completions works, for example `http://127.0.0.1:11434/v1` for Ollama.
            For Anthropic's messages API set `WATCHDESK_ASSISTANT_WIRE=anthropic`.
            The same settings can stand under `assistant:` in the configuration file, as `url`, `model`, `key` and `wire`.

            ## The key of the language model
            <!-- keywords: secret token password api key provider credential openai anthropic store safe -->
            Set `WATCHDESK_ASSISTANT_KEY`, or write `key: env:NAME` or `key: file:/path` under `assistant:` in the configuration file.
            The key is sent only to the address it was given with, and is never shown, logged or stored in the database.

            ## Answers without a language model
            <!-- keywords: offline works no internet network local default knowledge base extractive free -->
            Without a language model the assistant answers with the best passages of the knowledge base, and names the source.
            This needs no network and makes nothing up.
            When nothing fits, it says that it does not know and offers a person.

            ## When the language model fails
            <!-- keywords: llm down error timeout times out slow unavailable fallback retry broken stream outage rate limit hang -->
            The customer still gets an answer from the knowledge base, and is told that the language model did not answer.
            A request is tried again only before the first word, and never for longer than ten seconds.
            After several failures in a row the language model is left alone for a while, then tried with a single request.

            ## Tokens, delay and versions
            <!-- keywords: usage cost price count tokens latency speed statistics first token time models pane version -->
            The Models pane (`5`) shows for each version of the assistant how many answers it gave, the tokens, the errors, and the time to the first word and to the last.
            Tokens are counted by the provider; when it does not say, they are estimated and marked as estimated.

            """#)
}
