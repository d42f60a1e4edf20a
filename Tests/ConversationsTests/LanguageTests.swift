import DeskAPI
import Testing
import Vocabulary

@testable import Conversations

/// Which language a customer writes.
@Suite struct LanguageTests {
    @Test(
        arguments: [
            ("Where is my order?", "en"), ("hi, i did not get the refund yet", "en"),
            ("Can you cancel it please", "en"),
            ("Wo ist meine Bestellung?", "de"), ("Ich habe noch keine Rückerstattung bekommen", "de"),
            ("Die Lieferung ist nicht angekommen", "de"), ("Où est ma commande ?", "fr"),
            ("Bonjour, je n'ai pas reçu mon remboursement", "fr"), ("¿Dónde está mi pedido?", "es"),
            ("Hola, quiero devolver una camisa", "es"), ("Dove è il mio ordine?", "it"),
            ("Vorrei sapere quando arriva, grazie", "it"), ("Onde está o meu pedido?", "pt"),
            ("Olá, ainda não recebi a minha encomenda", "pt"), ("Waar is mijn bestelling?", "nl"),
            ("Ik heb het pakket niet gekregen", "nl"), ("Gdzie jest moje zamówienie?", "pl"),
            ("Var är min beställning?", "sv"), ("Hvor er min ordre, den er ikke kommet", "da"),
            ("Siparişim nerede, bu çok geç ve yok", "tr"), ("Kde je moje objednávka?", "cs"),
            ("Где мой заказ?", "ru"), ("Де моє замовлення? Його ще немає і", "uk"),
            ("Πού είναι η παραγγελία μου;", "el"),
            ("我的订单在哪里？", "zh"), ("注文はどこですか", "ja"), ("내 주문은 어디에 있나요", "ko"),
            ("أين طلبي؟", "ar"), ("سفارش من کجاست چه شد", "fa"), ("איפה ההזמנה שלי", "he"), ("คำสั่งซื้อของฉันอยู่ที่ไหน", "th"),
            ("मेरा ऑर्डर कहाँ है", "hi"),
        ])
    func `a few words tell`(_ text: String, _ language: String) {
        #expect(LanguageGuess.language(of: text) == language)
    }

    @Test(arguments: ["", "ok", "12345", "???", "AB-1234", "Crystal", "http://example.org/x", "👍👍"])
    func `what says too little tells nothing`(_ text: String) {
        #expect(LanguageGuess.language(of: text) == nil)
    }

    @Test func `a conversation has the language of its customer, not of the staff`() async throws {
        let desk = try TemporaryDesk()
        let (customer, id) = try await desk.customer()
        try await desk.post("Wo ist meine Bestellung?", to: id, by: customer)
        try await desk.post("ok", to: id, by: customer)
        try await desk.post("Where is it, and what is your number?", to: id, by: ana)
        #expect(try await desk.conversations.show(id, to: ana).language == "de")
        try await desk.post("sorry, where is my order", to: id, by: customer)
        #expect(try await desk.conversations.show(id, to: ana).language == "en")
    }
}
