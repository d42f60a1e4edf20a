/// The page behind a rating link: one file, without a request to anywhere else.
struct RatingPage: Sendable {
    /// The page.
    let body: [UInt8]
    /// Its `Content-Security-Policy`.
    let policy: String

    init() {
        body = Array(RatingPage.page.utf8)
        policy =
            "default-src 'none'; script-src \(PageParts.source(RatingPage.script)); "
            + "style-src \(PageParts.source(RatingPage.style)); connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'"
    }

    private static let page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>Rate the help</title>
        <style>\(style)</style>
        </head>
        <body>
        <main>
        <h1>How was the help?</h1>
        <form id="rate">
        <fieldset><legend>1 is very bad, 5 is very good</legend>
        \(PageParts.ratings)</fieldset>
        <label for="comment">What should we know? (may stay empty)</label>
        <textarea id="comment" rows="4" maxlength="2000"></textarea>
        <button>Send rating</button>
        </form>
        <p id="note" role="status"></p>
        </main>
        <script>\(script)</script>
        </body>
        </html>

        """

    private static let style = """
        :root{--back:#fff;--text:#1b1f24;--dim:#57606a;--line:#d0d7de;--own:#0b57d0;--ownText:#fff;--bad:#b3261e}
        @media (prefers-color-scheme:dark){:root{--back:#14171b;--text:#e6e9ed;--dim:#9aa4af;--line:#343b43;
        --own:#8ab4f8;--ownText:#0b1b33;--bad:#ff8a80}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--back);color:var(--text);font:16px/1.45 system-ui,sans-serif}
        main{max-width:32rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.25rem}
        form{display:flex;flex-direction:column;gap:.8rem}[hidden]{display:none!important}
        fieldset{border:0;padding:0;margin:0;display:flex;gap:.4rem}legend{color:var(--dim);padding:0 0 .4rem}
        fieldset label{flex:1;text-align:center;border:1px solid var(--line);border-radius:.5rem;padding:.4rem}
        fieldset label:has(:checked){border-color:var(--own);outline:2px solid var(--own)}
        fieldset span,fieldset small{display:block}fieldset small{color:var(--dim);font-size:.7rem}
        textarea{font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);border-radius:.5rem;
        padding:.5rem;width:100%}
        button{font:inherit;padding:.6rem 1rem;border:0;border-radius:.5rem;background:var(--own);color:var(--ownText);
        cursor:pointer;align-self:flex-start}
        #note.bad{color:var(--bad)}:focus-visible{outline:3px solid var(--own);outline-offset:2px}
        """

    private static let script = #"""
        "use strict";
        (() => {
          const $ = (id) => document.getElementById(id);
          // The token stands behind the #: it is sent with the rating only, and no log sees it.
          const token = location.hash.slice(1);
          const say = (text, isBad) => { $("note").textContent = text; $("note").className = isBad ? "bad" : ""; };
          if (!token) { $("rate").hidden = true; say("This link is not whole. Please open it from the message again.", true); }
          $("rate").addEventListener("submit", async (e) => {
            e.preventDefault();
            const rating = Number(new FormData(e.target).get("rating"));
            if (!rating) return say("Please choose 1 to 5.", true);
            try {
              const answer = await fetch("/v1/ratings", {
                method: "POST", headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ token, rating, comment: $("comment").value.trim() }),
              });
              const value = await answer.json();
              if (!answer.ok) return say(value.detail || "status " + answer.status, true);
              $("rate").hidden = true;
              say("Thank you for your rating.");
            } catch { say("There is no connection. Please try again.", true); }
          });
        })();
        """#
}
