extension StarterKnowledge {
    static let dataAndBackup = Document(
        path: "data-and-backup.md",
        markdown: #"""
            # Data, backup and restart

            ## Where the data is
            <!-- keywords: folder directory database sqlite location path store files disk location data -->
            Everything the desk keeps is in one folder, `$XDG_DATA_HOME/watchdesk`, usually `~/.local/share/watchdesk`.
            `--data DIR` names another one.
            Messages, alerts and the audit trail are in one SQLite file, the history of the metrics in another.

            ## Make a backup
            <!-- keywords: backup copy save archive restore export move migrate transfer another machine -->
            Stop Watchdesk and copy the data folder; put the copy in place of the folder to restore it.
            While it runs, copy a file only with SQLite's own backup, `sqlite3 FILE ".backup COPY"`, never with `cp`.
            Before an upgrade changes the database, Watchdesk puts a backup beside it by itself.

            ## After a crash or a power cut
            <!-- keywords: crash kill restart recover reboot power lost data corrupt survive resume upgrade -->
            Start Watchdesk again; nothing has to be repaired.
            Acknowledged messages, acknowledged alerts and the history are there, and customers who had no answer yet get one.

            ## The data folder belongs to another process
            <!-- keywords: locked lock 73 already running second instance in use owner status exit code -->
            One process owns a data folder.
            A second start ends with status 73 and names the number of the process that owns it.
            The lock ends with the process, even after `kill -9`; there is no lock file to delete.

            ## The database is from a newer version
            <!-- keywords: downgrade older version upgrade migration schema refuse newer -->
            An older program refuses a database that a newer one has changed, and changes nothing.
            Install the newer version again, or go back to the backup that was made before the upgrade.

            """#)
}
