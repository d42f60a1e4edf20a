extension StarterKnowledge {
    static let gettingStarted = Document(
        path: "getting-started.md",
        markdown: #"""
            # Getting started

            ## What Watchdesk is
            <!-- keywords: about purpose product overview introduction software program -->
            Watchdesk is an operations console for a customer-service desk with an AI assistant.
            Customers ask in a chat, the assistant answers from help articles or with a language model, people take over when it should not, and everything is watched and steered from a terminal.
            It is one program, `watchdesk`, without a separate database or web server.

            ## Start the console for the first time
            <!-- keywords: install launch open begin setup run download first steps build -->
            Run `script/run` in the folder of the source code.
            It says which system packages are missing and installs them, builds the program and opens the console.
            Later, `watchdesk` or `watchdesk console` opens the console.
            It starts a gateway of its own on its data folder, or attaches to the one that already runs there.

            ## Try a conversation as a customer
            <!-- keywords: chat test ask question try customer terminal client once -->
            Run `watchdesk chat` in a second terminal and type a question; the answer streams in word by word with its source.
            The console shows the conversation live.
            `watchdesk chat --once "How do I acknowledge an alert?"` prints one answer and ends.

            ## See whether everything is in order
            <!-- keywords: doctor check problem broken diagnose troubleshoot configuration wrong error fix version -->
            `watchdesk doctor` says what is wrong with this machine or this configuration, and how to mend it.
            `watchdesk doctor --config-values` lists every setting with its value and where the value came from; secrets are masked.

            ## Where settings come from
            <!-- keywords: configuration file config yaml environment variable option flag default order precedence setting -->
            A setting is taken from the first place that has it: a flag on the command line, an environment variable `WATCHDESK_…`, the configuration file, the default.
            The configuration file is `$XDG_CONFIG_HOME/watchdesk/config.yaml`, usually `~/.config/watchdesk/config.yaml`; `--config FILE` names another one.
            A wrong file is refused with its line and the reason.

            """#)
}
