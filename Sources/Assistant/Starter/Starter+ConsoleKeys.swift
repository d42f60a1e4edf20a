extension StarterKnowledge {
    static let consoleKeys = Document(
        path: "console-keys.md",
        markdown: #"""
            # The keys of the console

            ## Move between panes
            <!-- keywords: switch tab navigate pane number view screen shortcut keyboard hotkey overview system alerts conversations models -->
            Press a number to open a pane: `1` Overview, `2` System, `3` Alerts, `4` Conversations, `5` Models.
            In the Overview, `Tab` moves the focus from tile to tile, and `z` gives the tile in focus the whole screen.
            The keys that act right now are shown on the last line of the screen.

            ## Help and the command palette
            <!-- keywords: shortcut list keyboard keys command palette search find function question mark colon -->
            `?` shows the keys of the pane in focus.
            `:` opens the command palette: type a few letters of what you want to do and press Enter.
            A key that cannot act says why.

            ## Quit the console
            <!-- keywords: exit close leave stop end terminate ctrl-c -->
            Press `q` to quit.
            The terminal is left as it was before.
            A gateway that runs as `watchdesk serve` goes on without the console.

            ## Filter a list
            <!-- keywords: search find narrow filter slash -->
            Press `/` and type to filter a list; Enter keeps the filter, `Esc` shows every row again.
            The arrow keys, or `j` and `k`, move the cursor.

            ## Colours, themes and plain terminals
            <!-- keywords: color colour theme dark light ascii unicode utf-8 no_color contrast font garbled characters boxes -->
            `--theme NAME` chooses a theme from the folder `themes`, such as `dark` or `light`.
            With `NO_COLOR` set there are no colours, and every state is still told by a sign and a word.
            `--ascii` draws with plain ASCII characters, for terminals and fonts that cannot show the charts.

            """#)
}
