/// The knowledge base of a shop that does not exist, and what its customers ask, written before anything was tuned.
enum ShopKnowledge {
    /// One article a line of the desk, in Markdown; the headings name the passages.
    static let articles = [
        "orders.md": """
        # Orders
        ## Track an order
        Open **My orders** and choose the order: the map shows where the parcel is. The tracking number comes by mail \
        when the parcel leaves our warehouse.
        ## Change the address of an order
        Until the parcel is packed you can change the delivery address under **My orders**. Afterwards only the \
        carrier can redirect it.
        ## Cancel an order
        Press **Cancel** beside the order within 30 minutes. Later you have to send the goods back.
        ## Late deliveries
        When a parcel is more than three days late, write to us: we ask the carrier and send a new one after ten days.
        ## Missing or wrong items
        Is something missing in the parcel, or did you receive the wrong article? Report it within 14 days with a \
        photo of the packing slip.
        """,
        "returns.md": """
        # Returns
        ## Return an item
        Goods can be returned within 90 days. Print the label under **My orders** and bring the parcel to any post \
        office. Worn clothes cannot be returned.
        ## When the refund comes
        We refund within five working days after the parcel arrived, to the card or account you paid with.
        ## Exchange for another size
        Choose **Exchange** in place of **Return** and pick the size or colour: the new item leaves at once.
        ## Damaged goods
        If an item arrives broken, do not send it back. Send a photo; you get a replacement or your money.
        """,
        "payment.md": """
        # Payment
        ## Ways to pay
        We take Visa, Mastercard, PayPal, bank transfer and purchase on account. Cheques and cash are not accepted.
        ## Find an invoice
        Invoices are PDF files under **My orders**, and come by mail with the parcel.
        ## A card is declined
        Check the expiry date and the security code, and whether your bank asks for a confirmation in its app.
        ## Redeem a gift card or voucher
        Type the code in the field **Voucher** at the checkout. One voucher an order; the rest of a gift card stays.
        ## Charged twice
        A second booking is usually a reservation that vanishes within three days. If it stays, send us a statement.
        """,
        "account.md": """
        # Your account
        ## Reset a password
        Choose **Forgotten password** where you log in; the link in the mail is good for one hour.
        ## Change the e-mail address
        Under **Account, Contact** enter the new address and confirm it with the link we send there.
        ## Delete the account
        **Account, Privacy, Delete** removes everything after 30 days. Invoices are kept for ten years by law.
        ## Two-factor authentication
        Scan the code under **Account, Security** with an authenticator app. Keep the recovery codes somewhere safe.
        ## Unsubscribe from the newsletter
        The link at the end of each newsletter ends it at once.
        """,
        "shipping.md": """
        # Shipping
        ## Countries we ship to
        We ship to all of the European Union, Norway, Switzerland and the United Kingdom. Customs are paid by the buyer.
        ## Shipping costs
        Standard shipping is 4.90, free above 60. Express costs 12.90 and arrives the next working day.
        ## Collect in a store
        Choose **Collect** at the checkout; bring the order number and an identity card. We keep it for seven days.
        """,
        "products.md": """
        # Products
        ## Warranty
        All devices have a warranty of two years from the date of purchase. Batteries have six months.
        ## Size guide
        Measure chest, waist and hip, and compare with the table beside each garment. Between two sizes take the larger.
        ## Care of wool and leather
        Wash wool by hand in cold water. Leather wants cream twice a year and no sun.
        ## Sold out articles
        Press **Notify me**: you get a mail when the article is in stock again.
        """,
    ]

    /// What is asked, the heading of the passage that answers, and a word that the answer must hold.
    static let questions: [(text: String, section: String, holds: String)] = [
        ("where is my parcel", "Track an order", "map"),
        ("wheres my order??", "Track an order", "map"),
        ("how can I trak my order", "Track an order", "map"),
        ("I need the tracking number", "Track an order", "tracking number"),
        ("can you deliver to a different address", "Change the address of an order", "carrier"),
        ("I typed the wrong adress for my order", "Change the address of an order", "carrier"),
        ("change delivery adress", "Change the address of an order", "packed"),
        ("cancel my order", "Cancel an order", "30 minutes"),
        ("I want to cancell an order I just made", "Cancel an order", "30 minutes"),
        ("how do I terminate an order", "Cancel an order", "30 minutes"),
        ("my parcel is late", "Late deliveries", "ten days"),
        ("delivery is a week late what now", "Late deliveries", "ten days"),
        ("the delivry should have been here days ago, its late", "Late deliveries", "ten days"),
        ("an item is missing in my parcel", "Missing or wrong items", "packing slip"),
        ("you sent me the wrong article", "Missing or wrong items", "packing slip"),
        ("recieved wrong item", "Missing or wrong items", "packing slip"),
        ("how to return something", "Return an item", "90 days"),
        ("can I retrun an item after two months", "Return an item", "90 days"),
        ("sending goods back, where is the label", "Return an item", "label"),
        ("when do I get my refund", "When the refund comes", "five working days"),
        ("how long does the reimbursement take", "When the refund comes", "five working days"),
        ("I returned it, when do I get my money back", "When the refund comes", "five working days"),
        ("refnd still not here", "When the refund comes", "five working days"),
        ("can I swap it for a bigger size", "Exchange for another size", "Exchange"),
        ("exchnage for a different colour", "Exchange for another size", "Exchange"),
        ("i need another size", "Exchange for another size", "Exchange"),
        ("it arrived broken", "Damaged goods", "photo"),
        ("my lamp came damaged", "Damaged goods", "photo"),
        ("the goods are defective", "Damaged goods", "photo"),
        ("which payment methods do you take", "Ways to pay", "PayPal"),
        ("can I pay with paypal", "Ways to pay", "PayPal"),
        ("do you accept mastercard", "Ways to pay", "Mastercard"),
        ("is cash accepted", "Ways to pay", "cash"),
        ("where do I find the invoice", "Find an invoice", "PDF"),
        ("I need a bill for my taxes", "Find an invoice", "PDF"),
        ("invoce as pdf please", "Find an invoice", "PDF"),
        ("my card was declined", "A card is declined", "expiry"),
        ("card gets declind at checkout", "A card is declined", "expiry"),
        ("bank card declined, why?", "A card is declined", "expiry"),
        ("how do I redeem a coupon", "Redeem a gift card or voucher", "Voucher"),
        ("where does the voucher code go", "Redeem a gift card or voucher", "code"),
        ("use a gift card", "Redeem a gift card or voucher", "gift card"),
        ("I was charged twice", "Charged twice", "reservation"),
        ("you chraged my card two times, charged twice!", "Charged twice", "reservation"),
        ("second booking on my statement", "Charged twice", "statement"),
        ("forgot my password", "Reset a password", "link"),
        ("reset pasword", "Reset a password", "link"),
        ("passwrod reset link expired", "Reset a password", "hour"),
        ("I have a new email", "Change the e-mail address", "Contact"),
        ("how to modify my e-mail address", "Change the e-mail address", "Contact"),
        ("change my mail adress", "Change the e-mail address", "Contact"),
        ("please delete my account", "Delete the account", "30 days"),
        ("remove my acount and all data", "Delete the account", "Privacy"),
        ("erase account", "Delete the account", "30 days"),
        ("set up two factor authentication", "Two-factor authentication", "recovery codes"),
        ("two-factor authentification app", "Two-factor authentication", "authenticator"),
        ("lost my recovery codes", "Two-factor authentication", "recovery codes"),
        ("stop the newsletter", "Unsubscribe from the newsletter", "link"),
        ("unsubcribe newsletter", "Unsubscribe from the newsletter", "link"),
        ("how do I end your news letter emails, the newsletter", "Unsubscribe from the newsletter", "link"),
        ("do you ship to norway", "Countries we ship to", "Norway"),
        ("shipping to switzerland", "Countries we ship to", "Switzerland"),
        ("which countrys do you ship to", "Countries we ship to", "Norway"),
        ("how much is shipping", "Shipping costs", "4.90"),
        ("price of delivery", "Shipping costs", "4.90"),
        ("what does express shiping cost", "Shipping costs", "12.90"),
        ("can I collect it in a store", "Collect in a store", "identity card"),
        ("store colection", "Collect in a store", "identity card"),
        ("pick up in store with order number", "Collect in a store", "order number"),
        ("how long is the warranty", "Warranty", "two years"),
        ("waranty for batteries", "Warranty", "six months"),
        ("is the device still under warrenty", "Warranty", "two years"),
        ("which size should I take", "Size guide", "table"),
        ("how do I measure my waist", "Size guide", "waist"),
        ("size giude", "Size guide", "table"),
        ("how do I wash wool", "Care of wool and leather", "cold water"),
        ("lether care", "Care of wool and leather", "cream"),
        ("can I put the leather in the sun", "Care of wool and leather", "sun"),
        ("article sold out", "Sold out articles", "Notify me"),
        ("when is it in stock again", "Sold out articles", "stock"),
        ("tell me when its back in stok", "Sold out articles", "stock"),
    ]

    /// What no article answers.
    static let foreign = [
        "what is the weather in Paris", "who won the football match", "write a poem about autumn",
        "what is the capital of Australia", "do you sell aeroplanes", "how old is your chief executive",
        "can you recommend a restaurant nearby", "translate good morning into Japanese",
        "are you hiring software engineers", "what is the meaning of life", "tell me a joke",
        "which university teaches astronomy", "my neighbour plays loud music", "how do vaccines work",
        "is the moon made of cheese", "fix my printer driver", "what do whales eat",
    ]
}
