/// The page on which customers chat: one file, without a request to anywhere else.
///
/// Its policy allows the script and the style that stand in it, by their hashes, and connections to this gateway only.
struct ChatPage: Sendable {
    /// The page.
    let body: [UInt8]
    /// Its `Content-Security-Policy`.
    let policy: String
    /// The script with which other sites show the page in a corner.
    let embedding: [UInt8]

    /// The page, which may be shown in frames of these origins, such as `https://shop.example`.
    init(frameOrigins: [String]) {
        body = Array(ChatPage.page.utf8)
        embedding = Array(ChatPage.embeddingScript.utf8)
        let ancestors = (["'self'"] + frameOrigins).joined(separator: " ")
        policy =
            "default-src 'none'; script-src \(PageParts.source(ChatPage.script)); "
            + "style-src \(PageParts.source(ChatPage.style)); connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors \(ancestors)"
    }

    private static let page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Chat</title>
        <style>\(style)</style>
        </head>
        <body data-state="idle">
        <header class="top"><span class="dot" aria-hidden="true"></span><h1>Chat</h1>
        <p id="state" role="status">Ask a question.</p></header>
        <main id="log" role="log" aria-live="polite" aria-label="Conversation" tabindex="0"></main>
        <p id="typing" aria-live="polite"></p>
        <p id="note" role="alert"></p>
        <form id="rate" hidden>
        <fieldset><legend>How was the help?</legend>
        \(PageParts.ratings)</fieldset>
        <label for="comment">What should we know? (may stay empty)</label>
        <textarea id="comment" rows="2" maxlength="2000"></textarea>
        <button>Send rating</button>
        </form>
        <form id="leave" hidden>
        <p id="absent"></p>
        <label for="mail">Your mail address, and a person answers as soon as one is back
        <input id="mail" type="email" maxlength="254" autocomplete="email" required></label>
        <button>Leave it</button>
        </form>
        <p id="thanks" hidden>Thank you for your rating.</p>
        <button id="again" type="button" hidden>Start a new conversation</button>
        <form id="form">
        <label id="who" for="name">Your name (may stay empty)
        <input id="name" maxlength="100" autocomplete="given-name"></label>
        <label for="text" class="hidden">Your message</label>
        <textarea id="text" rows="2" maxlength="8000" placeholder="Write a message. Enter sends it." required></textarea>
        <button>Send</button>
        </form>
        <script>\(script)</script>
        </body>
        </html>

        """

    private static let style = """
        :root{--back:#fff;--text:#1b1f24;--dim:#57606a;--line:#d0d7de;--own:#0b57d0;--ownText:#fff;--other:#eef1f4;--bad:#b3261e}
        @media (prefers-color-scheme:dark){:root{--back:#14171b;--text:#e6e9ed;--dim:#9aa4af;--line:#343b43;
        --own:#8ab4f8;--ownText:#0b1b33;--other:#242a31;--bad:#ff8a80}}
        *{box-sizing:border-box}html,body{height:100%}
        body{margin:0 auto;max-width:46rem;display:flex;flex-direction:column;background:var(--back);color:var(--text);
        font:16px/1.45 system-ui,sans-serif}
        .top{display:flex;align-items:baseline;gap:.6rem;padding:.7rem 1rem;border-bottom:1px solid var(--line)}
        .top h1{font-size:1.05rem;margin:0}.top p{margin:0;color:var(--dim);font-size:.9rem}
        .dot{width:.6rem;height:.6rem;border-radius:50%;background:var(--dim);align-self:center}
        [data-state=live] .dot{background:#2e9e5b}[data-state=away] .dot{background:var(--bad)}
        main{flex:1;overflow-y:auto;padding:1rem;display:flex;flex-direction:column;gap:.7rem}
        article{max-width:85%;padding:.5rem .8rem;border-radius:.8rem;background:var(--other);align-self:flex-start}
        article header,article footer{font-size:.78rem;color:var(--dim)}
        article p{margin:.1rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
        article.customer{align-self:flex-end;background:var(--own);color:var(--ownText)}
        article.customer header{color:inherit;opacity:.85}
        article.pending{opacity:.65}article.failed{background:var(--bad);color:#fff;opacity:1}
        article.system{align-self:center;background:none;color:var(--dim);font-size:.85rem;text-align:center}
        article.growing p::after{content:"▌"}
        #typing,#note{min-height:0;margin:0;padding:0 1rem;color:var(--dim);font-size:.85rem}#note.bad{color:var(--bad)}
        form{display:flex;flex-wrap:wrap;gap:.5rem;padding:.8rem 1rem;border-top:1px solid var(--line);align-items:end}
        form[hidden],[hidden]{display:none!important}
        textarea,input:not([type=radio]){font:inherit;color:inherit;background:var(--back);border:1px solid var(--line);
        border-radius:.5rem;padding:.5rem;width:100%}
        #form textarea{flex:1;min-width:10rem;resize:vertical}#who{flex-basis:100%;font-size:.85rem;color:var(--dim)}
        button{font:inherit;padding:.55rem 1rem;border:0;border-radius:.5rem;background:var(--own);color:var(--ownText);
        cursor:pointer}#again{margin:.5rem 1rem 1rem}#thanks{margin:.5rem 1rem}
        :focus-visible{outline:3px solid var(--own);outline-offset:2px}
        fieldset{border:0;padding:0;margin:0;display:flex;gap:.4rem;flex-basis:100%}
        fieldset label{flex:1;text-align:center;border:1px solid var(--line);border-radius:.5rem;padding:.3rem}
        fieldset label:has(:checked){border-color:var(--own);outline:2px solid var(--own)}
        fieldset span,fieldset small{display:block}fieldset small{color:var(--dim);font-size:.7rem}
        #leave p{flex-basis:100%;margin:0}#leave label{flex:1;min-width:12rem}
        #rate>label,#leave label{flex-basis:100%;font-size:.85rem;color:var(--dim)}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        @media (max-width:30rem){article{max-width:95%}.top{flex-wrap:wrap}}
        @media (prefers-reduced-motion:no-preference){main{scroll-behavior:smooth}}
        """

    /// Adds a button to the corner of a page; it opens this gateway's chat in a frame.
    private static let embeddingScript = #"""
        (() => {
          "use strict";
          const home = new URL(document.currentScript.src).origin;
          const button = document.createElement("button");
          button.textContent = "Chat";
          button.setAttribute("aria-expanded", "false");
          button.style.cssText = "position:fixed;right:1rem;bottom:1rem;z-index:2147483000;padding:.8rem 1.2rem;border:0;" +
            "border-radius:2rem;background:#0b57d0;color:#fff;font:600 16px system-ui,sans-serif;cursor:pointer";
          let frame;
          button.addEventListener("click", () => {
            if (!frame) {
              frame = document.createElement("iframe");
              frame.src = home + "/chat";
              frame.title = "Chat";
              frame.style.cssText = "position:fixed;right:1rem;bottom:5rem;z-index:2147483000;width:min(24rem,calc(100vw - 2rem));" +
                "height:min(36rem,calc(100vh - 7rem));border:1px solid #8888;border-radius:.8rem;background:#fff";
              document.body.append(frame);
            } else frame.hidden = !frame.hidden;
            button.setAttribute("aria-expanded", String(!frame.hidden));
          });
          document.body.append(button);
        })();

        """#
}
