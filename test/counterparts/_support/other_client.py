# Makes calls with boto3, a client of AWS that is not the program's: one a line, as {"service", "call", "with"}. Answers each with
# a line: {"answer"}, or {"error"}.
import json
import sys

import boto3

clients = {}


def make(request):
    service = request['service']
    if service not in clients:
        clients[service] = boto3.client(service)
    answer = getattr(clients[service], request['call'])(**request['with'])
    answer.pop('ResponseMetadata', None)
    return answer


for line in sys.stdin:
    try:
        said = {'answer': make(json.loads(line))}
    except Exception as error:
        said = {'error': str(error)}
    print(json.dumps(said, default=str), flush=True)
