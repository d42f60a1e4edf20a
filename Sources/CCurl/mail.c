#define CURL_DISABLE_TYPECHECK 1
#include "watchdesk_curl.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct mail {
    CURL *easy;
    struct curl_slist *receivers;
    void *context;
    wd_judge_address judge;
    wd_is_cancelled is_cancelled;
    const uint8_t *bytes;
    size_t count;
    char fault[CURL_ERROR_SIZE];
};

static struct mail *mail_of(wd_mail handle) { return (struct mail *)handle; }

// The address is the one that is used, so a name cannot point elsewhere between the check and the connection.
static curl_socket_t open_socket(void *argument, curlsocktype purpose, struct curl_sockaddr *address) {
    struct mail *mail = argument;
    const uint8_t *bytes;
    size_t count;
    if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
    if (address->family == AF_INET) {
        bytes = (const uint8_t *)&((struct sockaddr_in *)&address->addr)->sin_addr;
        count = 4;
    } else if (address->family == AF_INET6) {
        bytes = (const uint8_t *)&((struct sockaddr_in6 *)&address->addr)->sin6_addr;
        count = 16;
    } else {
        return CURL_SOCKET_BAD;
    }
    if (mail->judge(mail->context, bytes, count) != 1) return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t give_text(char *buffer, size_t size, size_t count, void *argument) {
    struct mail *mail = argument;
    size_t part = size * count < mail->count ? size * count : mail->count;
    memcpy(buffer, mail->bytes, part);
    mail->bytes += part;
    mail->count -= part;
    return part;
}

static size_t pass_over(char *bytes, size_t size, size_t count, void *argument) {
    (void)bytes;
    (void)argument;
    return size * count;
}

static int may_go_on(void *argument, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d) {
    struct mail *mail = argument;
    (void)a, (void)b, (void)c, (void)d;
    return mail->is_cancelled(mail->context);
}

wd_mail wd_mail_open(
    void *context, wd_judge_address judge, wd_is_cancelled is_cancelled, const char *url, const char *from) {
    struct mail *mail = calloc(1, sizeof *mail);
    if (mail == NULL) return 0;
    mail->easy = curl_easy_init();
    if (mail->easy == NULL) {
        free(mail);
        return 0;
    }
    mail->context = context;
    mail->judge = judge;
    mail->is_cancelled = is_cancelled;
    CURL *easy = mail->easy;
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, mail->fault);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, mail);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(easy, CURLOPT_READDATA, mail);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, pass_over);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, pass_over);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, may_go_on);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, mail);
    return (wd_mail)mail;
}

void wd_mail_close(wd_mail handle) {
    struct mail *mail = mail_of(handle);
    curl_easy_cleanup(mail->easy);
    curl_slist_free_all(mail->receivers);
    free(mail);
}

int wd_mail_to(wd_mail handle, const char *address) {
    struct mail *mail = mail_of(handle);
    struct curl_slist *longer = curl_slist_append(mail->receivers, address);
    if (longer == NULL) return 1;
    mail->receivers = longer;
    return 0;
}

void wd_mail_login(wd_mail handle, const char *user, const char *password) {
    curl_easy_setopt(mail_of(handle)->easy, CURLOPT_USERNAME, user);
    curl_easy_setopt(mail_of(handle)->easy, CURLOPT_PASSWORD, password);
}

void wd_mail_trust(wd_mail handle, const char *authority) {
    curl_easy_setopt(mail_of(handle)->easy, CURLOPT_CAINFO, authority);
}

int wd_mail_send(wd_mail handle, const uint8_t *bytes, size_t count, int is_encrypted, long milliseconds) {
    struct mail *mail = mail_of(handle);
    CURL *easy = mail->easy;
    mail->bytes = bytes;
    mail->count = count;
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, mail->receivers);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)(is_encrypted ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, milliseconds);
    return (int)curl_easy_perform(easy);
}

long wd_mail_answer(wd_mail handle) {
    long answer = 0;
    curl_easy_getinfo(mail_of(handle)->easy, CURLINFO_RESPONSE_CODE, &answer);
    return answer;
}

const char *wd_mail_fault(wd_mail handle) { return mail_of(handle)->fault; }
