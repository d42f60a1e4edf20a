/// What the made-up people of a demo say, and what the made-up shop's articles say.
enum DemoScripts {
    static let names = [
        "Crystal M.", "José Á.", "周敏", "Olu", "Pia", "Amina", "Łukasz", "Freya", "Noor", "Tomás", "Ingrid", "Ravi",
        "Mei", "Sven", "Zeynep", "أمل", "Hana", "Theo",
    ]

    static let dialogues: [[String]] = [
        ["Hi! How long do I have to return something?", "When does the money come back?", "Thanks!"],
        ["Where is my parcel?", "It should have come on Monday.", "I want to talk to a person please"],
        ["My card was charged twice for one order", "Can somebody look at this? It is 89 euros."],
        ["Do you deliver to Norway?", "What does delivery cost?", "Great, thank you"],
        ["I forgot my password", "The link in the mail does not come", "Ah, it was in spam. Thank you!"],
        ["Can I change the address of my order?", "And how do I cancel an order?", "Perfect, thanks"],
        ["The lamp arrived broken", "Human please", "I have photos of it"],
        ["How long does delivery take?", "Where do I see where the parcel is?", "Thank you"],
        ["How do I cancel my order?", "Done, that worked. Thanks"],
        ["How long is the warranty?", "They stopped charging after two weeks", "I would like to speak to someone"],
        ["请问我的订单什么时候发货？", "I want a human agent"],
        ["Can I pay by invoice?", "How can I pay without a card?", "ok thanks"],
        ["How do I return a parcel?", "Where do I print the label?", "Thanks, bye"],
    ]

    static let replies = [
        "Hello, this is a person now. I have looked at your order and will put this right today.",
        "Sorry for the trouble! I have asked the warehouse; you hear from me within the hour.",
        "I have refunded the second charge. It is on your account within three working days.",
        "Thank you for the photos. A new one leaves the house this afternoon, you need not send the old one back.",
        "I see what happened. May I ask for the number of the order, so that I can change it for you?",
    ]

    static let articles: [(path: String, markdown: String)] = [
        (
            "demo/returns.md",
            """
            # Returns
            ## How long you have to return something
            You can return anything within 90 days after you bought it, if it is not worn out.
            Put it into its box, print the label from your account under Orders, and hand it in at any parcel shop.
            ## When the money comes back
            We refund the price as soon as the return has arrived, usually within five working days.
            """
        ),
        (
            "demo/delivery.md",
            """
            # Delivery
            ## How long delivery takes
            Parcels need two to four working days, and up to eight outside of the European Union.
            ## Where we deliver and what it costs
            We deliver to all of Europe, Norway and Switzerland included.
            Delivery costs 4.90 euros, and nothing from 60 euros on.
            ## Where a parcel is
            Your account shows where the parcel is, under Orders, Track.
            ## Changing the address of an order
            As long as an order has not been sent, you can change its address in your account under Orders, Change.
            """
        ),
        (
            "demo/orders.md",
            """
            # Orders and payment
            ## Cancelling an order
            You can cancel an order in your account under Orders, Cancel, until it has been sent.
            ## How you can pay
            You can pay by card, by invoice within 14 days, or with a gift card.
            ## Passwords
            If you forgot your password, press Forgot password; the link in the mail works for an hour. Look in the spam folder too.
            ## Warranty
            Everything has a warranty of two years. Write to us with the number of the order and what is broken.
            """
        ),
    ]
}
