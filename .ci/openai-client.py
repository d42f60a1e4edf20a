"""The openai package against a gateway: openai-client.py ADDRESS KEY. Shapes, counts and errors; never what a model says."""
import sys

import openai
from openai import OpenAI

client = OpenAI(base_url=sys.argv[1] + "/v1", api_key=sys.argv[2], max_retries=0)
names = [model.id for model in client.models.list()]
assert "production" in names, names
assert client.models.retrieve("production").object == "model"
question = [{"role": "system", "content": "Answer in one sentence."}, {"role": "user", "content": "Say hello."}]

plain = client.chat.completions.create(model="production", messages=question, max_tokens=16)
assert plain.object == "chat.completion" and plain.model == "production", plain
assert plain.choices[0].message.role == "assistant" and plain.choices[0].message.content, plain
assert plain.choices[0].finish_reason in ("stop", "length"), plain
assert plain.usage.total_tokens == plain.usage.prompt_tokens + plain.usage.completion_tokens, plain.usage
assert 0 < plain.usage.completion_tokens <= 16, plain.usage

stream = list(client.chat.completions.create(
    model="production", messages=question, max_tokens=16, stream=True, stream_options={"include_usage": True}))
text = "".join(chunk.choices[0].delta.content or "" for chunk in stream if chunk.choices)
assert text, stream
assert [chunk.choices[0].finish_reason for chunk in stream if chunk.choices][-1] in ("stop", "length"), stream[-3:]
assert stream[-1].choices == [] and stream[-1].usage.total_tokens > 0, stream[-1]
assert stream[-1].usage.prompt_tokens == plain.usage.prompt_tokens, (stream[-1].usage, plain.usage)
silent = list(client.chat.completions.create(model="production", messages=question, max_tokens=4, stream=True))
assert all(chunk.usage is None and chunk.choices for chunk in silent), silent


def refused(kind, **request):
    try:
        client.with_options(api_key=request.pop("key", client.api_key)).chat.completions.create(**request)
    except kind as error:
        assert error.body and error.body["message"], error
        return error
    raise AssertionError(f"nothing was refused: {request}")


refused(openai.NotFoundError, model="nobody", messages=question)
refused(openai.AuthenticationError, model="production", messages=question, key="wd_live_wrong")
refused(openai.BadRequestError, model="production", messages=[])
refused(openai.BadRequestError, model="production", messages=question, n=2)
long = refused(openai.BadRequestError, model="production", messages=[{"role": "user", "content": "word " * 6000}])
assert long.code == "context_length_exceeded", (long.code, long.body)
with_thread = client.chat.completions.with_raw_response.create(
    model="production", messages=question, max_tokens=2, extra_headers={"X-Conversation-Id": "thread-1"})
assert with_thread.headers["x-watchdesk-version"].isdigit(), with_thread.headers
print(f"openai {openai.__version__}: passed, {len(stream)} events, {plain.usage.total_tokens} tokens")
